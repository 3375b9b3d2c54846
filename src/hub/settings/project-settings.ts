/** How the hub looks and who may embed it, for one project. */
export interface ProjectSettings {
  /** Stands for the product's own name on every page that an end user sees. */
  readonly hubName: string
  /** An https address, or a data URL of an image. */
  readonly logoUrl: string | null
  /** `#rrggbb`. */
  readonly accentColor: string | null
  /** For dark pages; the accent colour where it is null. */
  readonly accentColorDark: string | null
  /** Leaves out the parts of a guide that speak of the hub itself. */
  readonly hideHubSections: boolean
  /** Origins of pages that may embed the connect page and call the hub from a browser. */
  readonly allowedOrigins: readonly string[]
}

export const defaultSettings: ProjectSettings = {
  hubName: 'Mainspring',
  logoUrl: null,
  accentColor: null,
  accentColorDark: null,
  hideHubSections: false,
  allowedOrigins: [],
}
