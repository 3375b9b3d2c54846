import type { Explanation } from '../../../engine/index.ts'
import {
  attributes,
  badge,
  button,
  codeBlock,
  emptyState,
  type FieldModel,
  field,
  type Html,
  html,
  linkButton,
  notice,
  prose,
  type WaterfallBar,
  waterfall,
} from '../../../ui/index.ts'
import { type DashboardContext, dashboardPage } from '../layout/index.ts'
import { csrfField } from './csrf-field.ts'
import { resultTable } from './result-table.ts'

export interface TryChoice {
  readonly accounts: readonly { readonly id: string; readonly title: string }[]
  readonly accountId: string
  readonly actions: readonly { readonly id: string; readonly label: string; readonly effect: string }[]
  readonly actionId: string
}

export interface TryFailure {
  readonly code: string
  readonly message: string
  readonly hint: string
  readonly providerMessage?: string
}

/** What a run came to. */
export interface TryOutcome {
  readonly data?: unknown
  readonly failure?: TryFailure
  readonly durationMs: number
  readonly requests: number
  readonly bars: readonly WaterfallBar[]
  readonly lines: readonly string[]
  readonly next?: string
  readonly cursorControl?: string
}

export interface TryModel {
  readonly choice: TryChoice
  readonly action?: {
    readonly label: string
    readonly description: string
    readonly effect: string
    readonly stage: string
    readonly fields: readonly FieldModel[]
    readonly request: TryRequest
    readonly snippets: readonly { readonly name: string; readonly text: string }[]
    readonly outcome?: TryOutcome
  }
}

/** The exact request, or why there is none yet. */
export type TryRequest =
  | { readonly explanation: Explanation & { readonly texts: readonly string[] } }
  | { readonly failure: TryFailure }

export function tryView(context: DashboardContext, model: TryModel): Html {
  const { choice, action } = model
  return dashboardPage(context, {
    title: 'Try it',
    place: 'try',
    content: html`<header class="page-head"><div class="page-head-text"><h1>Try it</h1><p class="lead">Run an action with a linked account, and see the exact request first.</p></div></header>
${
  choice.accounts.length === 0
    ? emptyState(
        'play',
        'No account to try with',
        'Link an account first; then every action of its connector can be run here.',
        linkButton('Link an account', '/accounts/link', { look: 'primary', icon: 'plus' }),
      )
    : html`${chooser(choice)}${action !== undefined && trial(context, choice, action)}`
}`,
  })
}

function chooser({ accounts, accountId, actions, actionId }: TryChoice): Html {
  return html`<form class="filters" method="get" action="/try" data-submit-on-change="true">
<select class="control" name="account" aria-label="Account">${accounts.map((one) => option(one.id, one.title, accountId))}</select>
<select class="control" name="action" aria-label="Action">${actions.map((one) => option(one.id, `${one.label} (${one.effect})`, actionId))}</select>
<span class="no-script">${button('Choose')}</span>
</form>`
}

function option(value: string, text: string, chosen: string): Html {
  return html`<option${attributes({ value, selected: value === chosen })}>${text}</option>`
}

function trial(context: DashboardContext, choice: TryChoice, action: NonNullable<TryModel['action']>): Html {
  const writes = action.effect === 'write'
  return html`<div class="try">
<form class="card" method="post" action="/try#result" id="try-form" data-explain="/try/request" data-busy="Running…">
<div class="card-head"><div><h2>${action.label}</h2><p>${prose(action.description)}</p></div></div>
<div class="card-body stack">
<p class="row">${badge(writes ? 'warning' : 'neutral', writes ? 'Writes' : 'Reads')}${action.stage !== 'stable' && badge('accent', action.stage)}</p>
${csrfField(context)}<input type="hidden" name="account" value="${choice.accountId}"><input type="hidden" name="action" value="${choice.actionId}">
${action.fields.map(field)}
</div>
<div class="card-foot row">${button(writes ? 'Run and write' : 'Run', { look: 'primary', icon: 'play' })}<span class="no-script">${button('Show the request', { more: { name: 'only', value: 'request' } })}</span></div>
</form>
<div class="stack"><section class="card" aria-labelledby="request-title"><div class="card-head"><div><h2 id="request-title">Request</h2><p>As it will be sent; secrets are masked.</p></div></div><div class="card-body" id="request" aria-live="polite">${tryRequest(action.request)}</div></section>
<section class="card section" aria-labelledby="code-title"><div class="card-head"><div><h2 id="code-title">In your program</h2></div></div><div class="card-body" id="snippets">${trySnippets(action.snippets)}</div></section></div>
</div>
${action.outcome !== undefined && outcome(context, choice, action, action.outcome)}`
}

/** The part of the page that follows what is typed. */
export function tryRequest(request: TryRequest): Html {
  if ('failure' in request)
    return html`<p>${request.failure.message}</p><p class="faint">${request.failure.hint}</p>`
  const { texts, notes } = request.explanation
  return html`${texts.map((text, at) => codeBlock(text, texts.length === 1 ? 'the request' : `request ${at + 1}`))}
${texts.length === 0 && html`<p>Nothing is sent.</p>`}
${notes.length > 0 && html`<ul class="bullets faint">${notes.map((note) => html`<li>${note}</li>`)}</ul>`}`
}

export function trySnippets(snippets: readonly { readonly name: string; readonly text: string }[]): Html {
  return html`${snippets.map(
    ({ name, text }, at) =>
      html`<details${attributes({ class: 'snippet', open: at === 0 })}><summary>${name}</summary>${codeBlock(text, `the ${name} text`)}</details>`,
  )}`
}

function outcome(
  context: DashboardContext,
  choice: TryChoice,
  action: NonNullable<TryModel['action']>,
  result: TryOutcome,
): Html {
  const { failure } = result
  const facts = `${Math.round(result.durationMs)} ms, ${result.requests} ${result.requests === 1 ? 'request' : 'requests'}`
  return html`<section class="card section" id="result" aria-labelledby="result-title"><div class="card-head"><div><h2 id="result-title">Result</h2><p>${facts}</p></div>${nextPage(context, choice, action, result)}</div>
<div class="card-body stack">
${
  failure === undefined
    ? resultTable(result.data)
    : notice(
        'danger',
        failure.message,
        failure.providerMessage !== undefined && html`<p>The provider says: ${failure.providerMessage}</p>`,
        html`<p>${failure.hint}</p><p class="faint">${failure.code}</p>`,
      )
}
${failure === undefined && html`<details class="snippet"><summary>JSON</summary>${codeBlock(JSON.stringify(result.data ?? null, null, 2), 'the result as JSON')}</details>`}
<h3>Timing</h3>
${waterfall(result.bars, result.durationMs) || html`<p class="faint">Nothing was sent.</p>`}
<details class="snippet"><summary>Trace</summary>${codeBlock(result.lines.join('\n'), 'the trace')}</details>
</div></section>`
}

/** The same form with the cursor of the next page in its place. */
function nextPage(
  context: DashboardContext,
  choice: TryChoice,
  { fields }: NonNullable<TryModel['action']>,
  { next, cursorControl }: TryOutcome,
): Html | false {
  if (next === undefined || cursorControl === undefined) return false
  const kept = fields.filter(({ name, value }) => name !== cursorControl && (value ?? '') !== '')
  return html`<form method="post" action="/try?page=next#result" data-busy="Running…">${csrfField(context)}<input type="hidden" name="account" value="${choice.accountId}"><input type="hidden" name="action" value="${choice.actionId}">${kept.map(
    ({ name, value }) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}<input type="hidden" name="${cursorControl}" value="${next}">${button('Next page', { icon: 'next' })}</form>`
}
