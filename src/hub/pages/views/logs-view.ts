import {
  badge,
  button,
  codeBlock,
  emptyState,
  exactTime,
  filterSelect,
  type Html,
  html,
  icon,
  linkButton,
  notice,
  time,
  type WaterfallBar,
  waterfall,
} from '../../../ui/index.ts'
import { type DashboardContext, dashboardPage } from '../layout/index.ts'

export interface LogRow {
  readonly id: string
  readonly at: string
  readonly action: string
  readonly accountTitle: string
  readonly source: string
  readonly status: number
  readonly success: boolean
  readonly errorCode: string | null
  readonly durationMs: number
}

export interface LogsFilter {
  readonly account: string
  readonly action: string
  readonly outcome: string
  readonly source: string
}

export interface LogsModel {
  readonly rows: readonly LogRow[]
  readonly filter: LogsFilter
  readonly accounts: readonly { readonly id: string; readonly title: string }[]
  readonly actions: readonly { readonly id: string; readonly label: string }[]
  readonly nextHref?: string
}

export interface LogModel extends LogRow {
  readonly accountId: string | null
  readonly requestId: string
  readonly by: string
  readonly inputs: readonly string[]
  readonly requests: number
  readonly message?: string
  readonly hint?: string
  readonly bars: readonly WaterfallBar[]
  readonly lines: readonly string[]
}

const outcomes = [
  ['', 'Any outcome'],
  ['yes', 'Succeeded'],
  ['no', 'Failed'],
] as const

const sources = [
  ['', 'Any door'],
  ['rpc', 'API'],
  ['mcp', 'Agents (MCP)'],
  ['proxy', 'Proxy'],
  ['try-it', 'Try it'],
  ['event', 'Event'],
] as const

export function logsView(context: DashboardContext, model: LogsModel): Html {
  const isFiltered = Object.values(model.filter).some((value) => value !== '')
  return dashboardPage(context, {
    title: 'Request log',
    place: 'logs',
    content: html`<header class="page-head"><div class="page-head-text"><h1>Request log</h1><p class="lead">Every run of an action, newest first. Values and secrets are not kept.</p></div></header>
${
  model.rows.length === 0 && !isFiltered
    ? emptyState(
        'list',
        'Nothing was run yet',
        'Runs by the API, by agents and by hand appear here.',
        linkButton('Try an action', '/try', { look: 'primary', icon: 'play' }),
      )
    : html`${filters(model)}${model.rows.length === 0 ? noMatch() : table(context, model)}`
}`,
  })
}

function filters({ filter, accounts, actions }: LogsModel): Html {
  const accountOptions = [['', 'Any account'], ...accounts.map(({ id, title }) => [id, title])] as const
  const actionOptions = [['', 'Any action'], ...actions.map(({ id, label }) => [id, label])] as const
  return html`<form class="filters" method="get" action="/logs" role="search" aria-label="Filters" data-submit-on-change="true">
${filterSelect('account', 'Account', accountOptions, filter.account)}
${filterSelect('action', 'Action', actionOptions, filter.action)}
${filterSelect('outcome', 'Outcome', outcomes, filter.outcome)}
${filterSelect('source', 'Door', sources, filter.source)}
<span class="no-script">${button('Apply')}</span>
</form>`
}

function noMatch(): Html {
  return emptyState(
    'search',
    'No run matches',
    'Try another filter.',
    linkButton('Clear the filters', '/logs'),
  )
}

function table({ now }: DashboardContext, { rows, nextHref }: LogsModel): Html {
  return html`<div class="card"><table class="table table-rows table-cards">
<caption class="visually-hidden">Runs, newest first</caption>
<thead><tr><th scope="col">Action</th><th scope="col">Account</th><th scope="col">Outcome</th><th scope="col">Took</th><th scope="col">When</th></tr></thead>
<tbody>${rows.map(
    (row) => html`<tr>
<td><a class="row-link" href="/logs/${encodeURIComponent(row.id)}">${row.action}</a><span class="cell-sub">${sourceName(row.source)}</span></td>
<td data-label="Account">${row.accountTitle}</td>
<td data-label="Outcome">${outcomeBadge(row)}${row.errorCode !== null && html`<span class="cell-sub cell-error">${row.errorCode}</span>`}</td>
<td data-label="Took" class="cell-nowrap">${row.durationMs} ms</td>
<td data-label="When" class="cell-nowrap">${time(row.at, now)}</td>
</tr>`,
  )}</tbody></table>${nextHref !== undefined && html`<nav class="pager" aria-label="Pages"><p></p><a class="button button-plain button-small" href="${nextHref}" rel="next">${icon('next')}<span class="button-label">Older</span></a></nav>`}</div>`
}

function outcomeBadge({ success, status }: Pick<LogRow, 'success' | 'status'>): Html {
  return success ? badge('success', String(status)) : badge('danger', String(status))
}

function sourceName(source: string): string {
  return sources.find(([key]) => key === source)?.[1] ?? source
}

export function logView(context: DashboardContext, model: LogModel): Html {
  return dashboardPage(context, {
    title: model.action,
    place: 'logs',
    narrow: true,
    content: html`<a class="crumb" href="/logs">${icon('back')}Request log</a>
<header class="page-head"><div class="page-head-text"><h1>${model.action}</h1><p class="row">${outcomeBadge(model)}<span class="faint">${model.durationMs} ms, ${model.requests} ${model.requests === 1 ? 'request' : 'requests'}</span></p></div></header>
${model.message !== undefined && notice('danger', model.message, html`<p>${model.hint}</p><p class="faint">${model.errorCode}</p>`)}
<section class="card section" aria-label="About this run"><div class="card-body"><dl class="facts">
<dt>When</dt><dd>${exactTime(model.at)}</dd>
<dt>Account</dt><dd>${model.accountId === null ? model.accountTitle : html`<a href="/accounts/${encodeURIComponent(model.accountId)}">${model.accountTitle}</a>`}</dd>
<dt>Came by</dt><dd>${sourceName(model.source)} <span class="faint">${model.by}</span></dd>
<dt>Inputs given</dt><dd>${model.inputs.length === 0 ? 'None' : model.inputs.join(', ')}</dd>
<dt>Request id</dt><dd><code>${model.requestId}</code></dd>
</dl></div></section>
<section class="card section"><div class="card-head"><h2>Timing</h2></div><div class="card-body">${waterfall(model.bars, model.durationMs) || html`<p class="faint">Nothing was sent.</p>`}</div></section>
<section class="card section"><div class="card-head"><h2>Trace</h2></div><div class="card-body">${codeBlock(model.lines.join('\n'), 'the trace')}</div></section>`,
  })
}
