import {
  button,
  connectorLogo,
  emptyState,
  filterSelect,
  type Html,
  html,
  icon,
  linkButton,
  type PagerModel,
  pager,
  statusBadge,
  time,
  typeBadge,
} from '../../../ui/index.ts'
import { type DashboardContext, dashboardPage } from '../layout/index.ts'

export interface AccountRow {
  readonly id: string
  readonly title: string
  readonly connector: { readonly key: string; readonly title: string; readonly icon?: string }
  readonly ownerName: string
  readonly status: string
  readonly type: string
  readonly linkedAt: string
  readonly lastUsedAt: string | null
  readonly lastErrorMessage: string | null
  /** A host of its provider failed too often, and is asked nothing for a while. */
  readonly isLeftAlone: boolean
}

export interface AccountsFilter {
  readonly search: string
  readonly provider: string
  readonly status: string
  readonly type: string
}

export interface AccountsModel {
  readonly rows: readonly AccountRow[]
  readonly filter: AccountsFilter
  readonly providers: readonly { readonly key: string; readonly title: string }[]
  readonly pager: PagerModel
}

const statuses = [
  ['', 'Any status'],
  ['active', 'Active'],
  ['error', 'Needs attention'],
  ['inactive', 'Inactive'],
] as const

const types = [
  ['', 'Any type'],
  ['production', 'Production'],
  ['test', 'Test · sandbox'],
] as const

export function accountsView(context: DashboardContext, model: AccountsModel): Html {
  const { rows, filter } = model
  const isFiltered = Object.values(filter).some((value) => value !== '')
  const isNew = rows.length === 0 && !isFiltered
  return dashboardPage(context, {
    title: 'Accounts',
    place: 'accounts',
    content: html`<header class="page-head"><div class="page-head-text"><h1>Accounts</h1><p class="lead">Everything that was linked, and how it is doing.</p></div>
${!isNew && html`<div class="page-actions">${linkButton('Link an account', '/accounts/link', { look: 'primary', icon: 'plus' })}</div>`}</header>
${
  isNew
    ? emptyState(
        'link',
        'No account yet',
        'Link the first one here, or send a link to the person who holds the keys.',
        linkButton('Link an account', '/accounts/link', { look: 'primary', icon: 'plus' }),
        linkButton('Create an auth link', '/accounts/link/invite', { icon: 'mail' }),
      )
    : html`${filters(model)}${rows.length === 0 ? noMatch() : table(context, model)}`
}`,
  })
}

function filters({ filter, providers }: AccountsModel): Html {
  const providerOptions = [['', 'Any connector'], ...providers.map(({ key, title }) => [key, title])] as const
  return html`<form class="filters" method="get" action="/accounts" role="search" data-submit-on-change="true">
<div class="search">${icon('search')}<input class="control" type="search" name="search" value="${filter.search}" placeholder="Search by label, owner or id" aria-label="Search accounts"></div>
${filterSelect('provider', 'Connector', providerOptions, filter.provider)}
${filterSelect('status', 'Status', statuses, filter.status)}
${filterSelect('type', 'Type', types, filter.type)}
<span class="no-script">${button('Apply')}</span>
</form>`
}

function noMatch(): Html {
  return emptyState(
    'search',
    'No account matches',
    'Try fewer words, or another filter.',
    linkButton('Clear the filters', '/accounts'),
  )
}

function table({ now }: DashboardContext, { rows, pager: pages }: AccountsModel): Html {
  return html`<div class="card"><table class="table table-rows table-cards">
<caption class="visually-hidden">Linked accounts, newest first</caption>
<thead><tr><th scope="col">Account</th><th scope="col">Owner</th><th scope="col">Status</th><th scope="col">Linked</th><th scope="col">Last used</th></tr></thead>
<tbody>${rows.map(
    (row) => html`<tr>
<td><div class="avatar-row logo-small">${connectorLogo(row.connector)}<div class="avatar-row-text"><a class="row-link" href="/accounts/${encodeURIComponent(row.id)}">${row.title}</a><span class="cell-sub">${row.connector.title}</span></div></div></td>
<td data-label="Owner">${row.ownerName}</td>
<td data-label="Status"><span class="row">${statusBadge(row.status)}${row.type === 'test' && typeBadge(row.type)}</span>${row.isLeftAlone && html`<span class="cell-sub cell-error">The provider failed too often: calls are held back.</span>`}${row.lastErrorMessage !== null && html`<span class="cell-sub cell-error">${row.lastErrorMessage}</span>`}</td>
<td data-label="Linked" class="cell-nowrap">${time(row.linkedAt, now)}</td>
<td data-label="Last used" class="cell-nowrap">${row.lastUsedAt === null ? html`<span class="faint">not yet</span>` : time(row.lastUsedAt, now)}</td>
</tr>`,
  )}</tbody></table>${pager(pages)}</div>`
}
