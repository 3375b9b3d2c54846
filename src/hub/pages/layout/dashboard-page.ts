import { attributes, type Html, type HtmlValue, html, type IconName, icon } from '../../../ui/index.ts'
import { brandInside } from './brand-row.ts'
import { documentOf } from './document.ts'
import type { DashboardContext } from './page-context.ts'
import { sandboxRibbon } from './sandbox-ribbon.ts'

export type DashboardPlace = (typeof places)[number]['key']

interface Place {
  readonly key: string
  readonly label: string
  readonly href: string
  readonly icon: IconName
}

/** The navigation, in its order. A page that is added gets a line here. */
const linking = [
  { key: 'accounts', label: 'Accounts', href: '/accounts', icon: 'accounts' },
  { key: 'catalog', label: 'Catalog', href: '/catalog', icon: 'catalog' },
  { key: 'try', label: 'Try it', href: '/try', icon: 'play' },
  { key: 'logs', label: 'Request log', href: '/logs', icon: 'list' },
] as const satisfies readonly Place[]

const building = [
  { key: 'api', label: 'API', href: '/api', icon: 'code' },
] as const satisfies readonly Place[]

const administration = [
  { key: 'policies', label: 'Policies', href: '/policies', icon: 'shield' },
  { key: 'confirmations', label: 'Confirmations', href: '/confirmations', icon: 'check' },
  { key: 'audit', label: 'Audit', href: '/audit', icon: 'eye' },
  { key: 'settings', label: 'Settings', href: '/settings', icon: 'settings' },
] as const satisfies readonly Place[]

const places = [...linking, ...building, ...administration]

const groups: readonly { readonly title?: string; readonly places: readonly Place[] }[] = [
  { places: linking },
  { title: 'Build', places: building },
  { title: 'Project', places: administration },
]

export interface DashboardPageModel {
  readonly title: string
  readonly place: DashboardPlace | null
  /** Wide pages hold tables, narrow ones forms and facts. */
  readonly narrow?: boolean
  readonly content: HtmlValue
}

/** A page of the dashboard: navigation, the sandbox's ribbon, and the content. */
export function dashboardPage(context: DashboardContext, model: DashboardPageModel): Html {
  const navigation = groups.map(({ title, places: list }) => navigationGroup(title, list, model.place))
  const brand = html`<a class="brand" href="/accounts">${brandInside(context.brand)}</a>`
  return documentOf(context, {
    title: model.title,
    script: 'dashboard',
    bodyClass: 'dashboard',
    data: { said: context.said },
    body: html`<a class="skip" href="#content">Skip to the content</a>
<div class="shell">
<header class="bar">${brand}<details class="bar-menu"><summary aria-label="Menu">${icon('menu')}</summary><div class="bar-sheet"><nav aria-label="Menu">${navigation}</nav>${signOut(context)}</div></details></header>
<aside class="side">${brand}<nav aria-label="Main">${navigation}</nav>${signOut(context)}</aside>
<div class="main">
${sandboxRibbon(context)}
<main id="content" class="content${model.narrow === true ? ' content-narrow' : ''}" tabindex="-1">
${context.said !== undefined && html`<p class="notice notice-success no-script">${icon('check')}<span>${context.said}</span></p>`}
${model.content}
</main>
</div>
</div>`,
  })
}

function navigationGroup(title: string | undefined, list: readonly Place[], current: string | null): Html {
  return html`${title !== undefined && html`<p class="nav-group">${title}</p>`}<ul>${list.map(
    (place) =>
      html`<li><a${attributes({ class: 'nav-link', href: place.href, 'aria-current': place.key === current ? 'page' : undefined })}>${icon(place.icon)}${place.label}</a></li>`,
  )}</ul>`
}

function signOut({ csrfToken }: DashboardContext): Html {
  return html`<form class="side-foot" method="post" action="/logout"><input type="hidden" name="csrf" value="${csrfToken}"><button type="submit" class="nav-link">${icon('leave')}Sign out</button></form>`
}
