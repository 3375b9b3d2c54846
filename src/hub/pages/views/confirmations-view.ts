import { button, codeBlock, emptyState, type Html, html, linkButton, time } from '../../../ui/index.ts'
import { type DashboardContext, dashboardPage } from '../layout/index.ts'
import { csrfField } from './csrf-field.ts'

export interface WaitingCall {
  readonly id: string
  readonly action: string
  readonly accountTitle: string
  readonly who: string
  /** What would be sent, and with which inputs. */
  readonly text: string
  readonly createdAt: string
  readonly expiresAt: string
}

export function confirmationsView(context: DashboardContext, calls: readonly WaitingCall[]): Html {
  return dashboardPage(context, {
    title: 'Confirmations',
    place: 'confirmations',
    narrow: true,
    content: html`<header class="page-head"><div class="page-head-text"><h1>Confirmations</h1><p class="lead">Calls that a policy keeps until an operator agrees. Approving sends nothing: the caller makes the same call again.</p></div></header>
${
  calls.length === 0
    ? emptyState(
        'shield',
        'No call waits',
        'Policies say which calls an operator has to agree to.',
        linkButton('Policies', '/policies'),
      )
    : calls.map((call) => card(context, call))
}`,
  })
}

function card(context: DashboardContext, call: WaitingCall): Html {
  const address = `/confirmations/${encodeURIComponent(call.id)}`
  const decide = (decision: string, label: string, look?: 'primary') =>
    html`<form method="post" action="${address}">${csrfField(context)}<input type="hidden" name="decision" value="${decision}">${button(label, { ...(look === undefined ? {} : { look }), more: { 'aria-label': `${label} ${call.action}` } })}</form>`
  return html`<section class="card section"><div class="card-head"><div><h2>${call.action}</h2><p>${call.accountTitle} · ${call.who} · asked ${time(call.createdAt, context.now)}, void ${time(call.expiresAt, context.now)}</p></div></div>
<div class="card-body">${codeBlock(call.text, 'the call')}</div>
<div class="card-foot row">${decide('approve', 'Approve', 'primary')}${decide('decline', 'Decline')}</div></section>`
}
