import {
  button,
  emptyState,
  filterSelect,
  type Html,
  html,
  linkButton,
  notice,
  time,
} from '../../../ui/index.ts'
import { type DashboardContext, dashboardPage } from '../layout/index.ts'

export interface AuditRow {
  readonly seq: number
  readonly at: string
  /** What was done, in the words of the code. */
  readonly action: string
  readonly who: string
  readonly subject: string
  readonly detail: string
}

export interface AuditModel {
  readonly rows: readonly AuditRow[]
  readonly kind: string
  readonly nextHref?: string
  /** Where somebody asked for it: whether the chain is whole. */
  readonly verdict?: { readonly intact: boolean; readonly text: string }
}

const kinds = [
  ['', 'Everything'],
  ['account', 'Accounts'],
  ['key', 'API keys'],
  ['policy', 'Policies'],
  ['confirmation', 'Confirmations'],
  ['login', 'Sign-ins'],
  ['settings', 'Settings'],
  ['integration', 'Integrations'],
  ['webhook', 'Webhooks'],
  ['vault', 'Vault'],
] as const

export function auditView(context: DashboardContext, { rows, kind, nextHref, verdict }: AuditModel): Html {
  return dashboardPage(context, {
    title: 'Audit',
    place: 'audit',
    content: html`<header class="page-head"><div class="page-head-text"><h1>Audit</h1><p class="lead">Who did what, newest first. Entries are added and never changed: each holds the hash of the one before.</p></div>${linkButton('Verify', '/audit?verify=yes', { icon: 'check' })}</header>
${verdict !== undefined && notice(verdict.intact ? 'success' : 'danger', verdict.intact ? 'The chain is whole' : 'The chain is broken', html`<p>${verdict.text}</p>`)}
<form class="filters" method="get" action="/audit" role="search" aria-label="Filters" data-submit-on-change="true">
${filterSelect('kind', 'About', kinds, kind)}
<span class="no-script">${button('Apply')}</span>
</form>
${rows.length === 0 ? emptyState('list', 'Nothing of this kind', 'What is done here appears on this page.', linkButton('Show everything', '/audit')) : table(context, rows, nextHref)}`,
  })
}

function table({ now }: DashboardContext, rows: readonly AuditRow[], nextHref: string | undefined): Html {
  return html`<div class="card"><table class="table table-rows table-cards">
<caption class="visually-hidden">Entries, newest first</caption>
<thead><tr><th scope="col">What</th><th scope="col">Who</th><th scope="col">On</th><th scope="col">When</th></tr></thead>
<tbody>${rows.map(
    (row) => html`<tr>
<td>${row.action}${row.detail !== '' && html`<span class="cell-sub">${row.detail}</span>`}</td>
<td data-label="Who">${row.who}</td>
<td data-label="On"><code>${row.subject}</code></td>
<td data-label="When" class="cell-nowrap">${time(row.at, now)}</td>
</tr>`,
  )}</tbody></table>${nextHref !== undefined && html`<nav class="pager" aria-label="Pages"><p></p>${linkButton('Older', nextHref, { small: true })}</nav>`}</div>`
}
