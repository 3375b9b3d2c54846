import { badge, connectorLogo, emptyState, type Html, html, icon, prose } from '../ui/index.ts'
import { siteDocument } from './site-document.ts'

/** A connector as the list shows it. */
export interface ListedConnector {
  readonly key: string
  readonly title: string
  readonly icon?: string
  readonly description: string
  readonly actionCount: number
  readonly href: string
}

/** All connectors, and the search over them and their actions. */
export function indexPage(connectors: readonly ListedConnector[]): Html {
  const actions = connectors.reduce((total, { actionCount }) => total + actionCount, 0)
  return siteDocument({
    title: 'Connector catalog',
    root: '',
    scripts: ['search-data', 'search'],
    content: html`<header class="page-head"><div class="page-head-text"><h1>Connectors</h1><p class="lead">${count(connectors.length, 'connector')} with ${count(actions, 'action')}: what can be linked, and what it can do.</p></div></header>
<form class="filters needs-script" id="search-form" role="search"><div class="search">${icon('search')}<input class="control" type="search" id="search" placeholder="Search connectors and actions" aria-label="Search connectors and actions" aria-describedby="found" autocomplete="off" spellcheck="false"></div></form>
<p class="visually-hidden" id="found" role="status"></p>
<ul class="tiles" id="connectors">${connectors.map(tile)}</ul>
<section class="section catalog-actions" id="actions" aria-labelledby="actions-title" hidden><div class="section-head"><h2 id="actions-title">Actions</h2></div><ul class="card card-clip plain-list" id="action-list"></ul></section>
<div id="nothing" hidden>${emptyState('search', 'Nothing found', 'No connector and no action holds all of these words.')}</div>`,
  })
}

function tile(connector: ListedConnector): Html {
  const { key, title, description, actionCount, href } = connector
  return html`<li class="tile" data-key="${key}"><div class="tile-head">${connectorLogo(connector)}<h2 class="tile-name"><a href="${href}">${title}</a></h2></div>
<p class="tile-text">${prose(description)}</p>
<p class="tile-foot">${badge('neutral', count(actionCount, 'action'))}</p></li>`
}

function count(number: number, thing: string): string {
  return `${new Intl.NumberFormat('en').format(number)} ${thing}${number === 1 ? '' : 's'}`
}
