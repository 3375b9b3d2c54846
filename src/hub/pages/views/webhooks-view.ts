import { badge, button, copyValue, emptyState, field, type Html, html, time } from '../../../ui/index.ts'
import type { DashboardContext } from '../layout/index.ts'
import { csrfField } from './csrf-field.ts'
import { settingsPage } from './settings-page.ts'

/** One attempt, or several, to tell an event to a webhook. */
export interface DeliveryLine {
  readonly host: string
  readonly status: 'pending' | 'delivered' | 'failed'
  readonly attempts: number
  readonly lastError: string | null
}

export interface WebhooksModel {
  readonly webhooks: readonly {
    readonly id: string
    readonly url: string
    readonly events: readonly string[]
    readonly createdAt: string
  }[]
  /** What a webhook can ask for, and what it gets that asks for nothing. */
  readonly choices: readonly { readonly event: string; readonly usual: boolean }[]
  readonly events: readonly {
    readonly id: string
    readonly event: string
    readonly recordId: string
    readonly createdAt: string
    readonly deliveries: readonly DeliveryLine[]
  }[]
  /** Just made: shown this once. */
  readonly fresh?: { readonly url: string; readonly secret: string }
  readonly typed?: { readonly url: string; readonly error: string }
}

export function webhooksView(context: DashboardContext, model: WebhooksModel): Html {
  const { webhooks, events, fresh } = model
  return settingsPage(
    context,
    'webhooks',
    html`${fresh !== undefined && html`<div class="card card-fresh"><div class="card-head"><div><h2>Secret for ${fresh.url}</h2><p>Each event is signed with it. Copy it now: the hub cannot show it again.</p></div></div><div class="card-body"><div class="copy-block">${copyValue(fresh.secret, 'the signing secret')}</div></div></div>`}
<section class="section"><div class="section-head"><h2>Webhooks</h2></div>
${
  webhooks.length === 0
    ? emptyState(
        'link',
        'Nobody is told',
        'A server of yours can be told when an account is linked, changed or removed. Name one below.',
      )
    : html`<div class="card"><ul class="plain-list">${webhooks.map((webhook) => webhookLine(context, webhook))}</ul></div>`
}</section>
${newWebhook(context, model)}
<section class="section"><div class="section-head"><h2>Last events</h2></div>
${
  events.length === 0
    ? emptyState(
        'list',
        'Nothing to tell yet',
        'What happens to accounts appears here, with how it was told.',
      )
    : eventTable(context, model)
}</section>`,
  )
}

function webhookLine(
  context: DashboardContext,
  { id, url, events, createdAt }: WebhooksModel['webhooks'][number],
): Html {
  const what = events.length === 0 ? 'all events of accounts' : events.join(', ')
  return html`<li class="line"><div><p class="line-title"><code>${url}</code></p><p class="faint">${what} · made ${time(createdAt, context.now)}</p></div>
<form method="post" action="/settings/webhooks/${encodeURIComponent(id)}/remove" data-confirm="Send nothing to ${url} any more? What is still to be told is dropped.">${csrfField(context)}${button('Remove', { small: true, more: { 'aria-label': `Remove ${url}` } })}</form></li>`
}

function newWebhook(context: DashboardContext, { choices, typed }: WebhooksModel): Html {
  return html`<section class="card section"><div class="card-head"><div><h2>New webhook</h2><p>Events are posted as JSON, signed, and sent again for a while when they are not taken.</p></div></div>
<form method="post" action="/settings/webhooks"><div class="card-body form">${csrfField(context)}
${field({ id: 'webhook-url', name: 'url', label: 'Address', type: 'text', required: true, placeholder: 'https://app.example.com/hooks/mainspring', more: { maxlength: '2000' }, ...(typed === undefined ? {} : { value: typed.url, error: typed.error }) })}
<fieldset class="field"><legend>Tell it about</legend><div class="choices">${choices.map(
    ({ event, usual }) =>
      html`<label class="choice"><input type="checkbox" name="event-${event}" value="yes"${usual && html` checked`}>${event}</label>`,
  )}</div><p class="field-description">connector.event holds what a provider has delivered: data of its people.</p></fieldset></div>
<div class="card-foot">${button('Add webhook', { look: 'primary' })}</div></form></section>`
}

function eventTable(context: DashboardContext, { events }: WebhooksModel): Html {
  return html`<div class="card"><table class="table table-cards">
<caption class="visually-hidden">Events, newest first, with how each was told</caption>
<thead><tr><th scope="col">Event</th><th scope="col">Told</th><th scope="col">When</th><th scope="col"><span class="visually-hidden">Again</span></th></tr></thead>
<tbody>${events.map(
    ({ id, event, recordId, createdAt, deliveries }) => html`<tr>
<td>${event}<span class="cell-sub"><code>${recordId}</code></span></td>
<td data-label="Told">${deliveries.length === 0 ? html`<span class="faint">to nobody</span>` : deliveries.map(deliveryLine)}</td>
<td data-label="When" class="cell-nowrap">${time(createdAt, context.now)}</td>
<td><form method="post" action="/settings/webhooks/events/${encodeURIComponent(id)}/replay">${csrfField(context)}${button('Send again', { small: true, more: { 'aria-label': `Send again ${event} of ${recordId}` } })}</form></td>
</tr>`,
  )}</tbody></table></div>`
}

function deliveryLine({ host, status, attempts, lastError }: DeliveryLine): Html {
  const look = status === 'delivered' ? 'success' : status === 'failed' ? 'danger' : 'warning'
  const tries =
    attempts > 1 || (status === 'pending' && attempts > 0)
      ? ` after ${attempts} ${attempts === 1 ? 'try' : 'tries'}`
      : ''
  return html`<p>${badge(look, `${status === 'pending' ? 'waits' : status}${tries}`)} ${host}${lastError !== null && status !== 'delivered' && html`<span class="cell-sub">${lastError}</span>`}</p>`
}
