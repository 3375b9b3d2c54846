import {
  badge,
  button,
  connectorLogo,
  emptyState,
  type Html,
  html,
  icon,
  linkButton,
  prose,
} from '../../../ui/index.ts'
import { type DashboardContext, dashboardPage } from '../layout/index.ts'

export interface CatalogConnector {
  readonly key: string
  readonly title: string
  readonly icon?: string
  readonly description: string
  readonly actionCount: number
  readonly accountCount: number
  /** Why it cannot be used; left out where it can. */
  readonly problem?: string
}

export interface CatalogModel {
  readonly search: string
  readonly connectors: readonly CatalogConnector[]
  /** Actions that hold the words, best first. */
  readonly actions: readonly {
    readonly id: string
    readonly label: string
    readonly connectorKey: string
    readonly connectorTitle: string
  }[]
}

export function catalogView(context: DashboardContext, model: CatalogModel): Html {
  const { search, connectors, actions } = model
  const isEmpty = connectors.length === 0 && actions.length === 0
  return dashboardPage(context, {
    title: 'Catalog',
    place: 'catalog',
    content: html`<header class="page-head"><div class="page-head-text"><h1>Catalog</h1><p class="lead">What can be linked, and what it can do.</p></div></header>
<form class="filters" method="get" action="/catalog" role="search"><div class="search">${icon('search')}<input class="control" type="search" name="search" value="${search}" placeholder="Search connectors and actions" aria-label="Search connectors and actions"></div><span class="no-script">${button('Search')}</span></form>
${
  isEmpty &&
  (search === ''
    ? emptyState(
        'catalog',
        'The catalog is empty',
        'Put a connector’s folder into the folder of connectors and start the hub again.',
      )
    : emptyState(
        'search',
        'Nothing found',
        `No connector and no action holds “${search}”.`,
        linkButton('Show everything', '/catalog'),
      ))
}
${connectors.length > 0 && html`<ul class="tiles">${connectors.map(tile)}</ul>`}
${
  actions.length > 0 &&
  html`<section class="section catalog-actions" aria-labelledby="actions-title"><div class="section-head"><h2 id="actions-title">Actions</h2></div><ul class="card card-clip plain-list">${actions.map(
    (action) =>
      html`<li><a class="found" href="/catalog/${action.connectorKey}#${action.id}"><span><span class="action-name">${action.label}</span><code class="action-id">${action.id}</code></span><span class="faint">${action.connectorTitle}</span></a></li>`,
  )}</ul></section>`
}`,
  })
}

function tile(connector: CatalogConnector): Html {
  const { key, title, description, actionCount, accountCount, problem } = connector
  return html`<li class="tile"><div class="tile-head">${connectorLogo(connector)}<h2 class="tile-name"><a href="/catalog/${key}">${title}</a></h2></div>
<p class="tile-text">${prose(problem ?? description)}</p>
<p class="tile-foot">${problem !== undefined && badge('danger', 'Cannot be used')}${problem === undefined && badge('neutral', `${actionCount} ${actionCount === 1 ? 'action' : 'actions'}`)}${accountCount > 0 && badge('accent', `${new Intl.NumberFormat('en').format(accountCount)} linked`)}</p></li>`
}
