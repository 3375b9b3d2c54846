/** What every page is made with, whatever it shows. */
export interface PageContext {
  readonly brand: Brand
  readonly assets: PageAssets
  /** What the person chose; the system's choice where it is left out. */
  readonly theme?: 'light' | 'dark'
  /** Titles of connectors that point at a sandbox: said on every page. */
  readonly sandboxes: readonly string[]
  readonly now: Date
}

/** A page of the dashboard. */
export interface DashboardContext extends PageContext {
  /** Stands in every form that changes something. */
  readonly csrfToken: string
  /** What was just done, in a sentence. */
  readonly said?: string
}

/** How a project presents the hub. */
export interface Brand {
  readonly name: string
  readonly logoUrl?: string
  readonly themeHref: string
}

/** Addresses of stylesheet and scripts; each changes with the content, so that it can be kept for ever. */
export interface PageAssets {
  readonly stylesheet: string
  script(entry: ScriptName): { readonly href: string; readonly imports: readonly string[] }
}

export type ScriptName = 'dashboard' | 'connect-page'
