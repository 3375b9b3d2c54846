import { button, type Html, html, statusBadge, time } from '../../../ui/index.ts'
import type { DashboardContext } from '../layout/index.ts'
import { csrfField } from './csrf-field.ts'

/** Events that the provider delivers for an account. */
export interface AccountEventsModel {
  /** Whether the hub can subscribe by itself; otherwise somebody enters an address at the provider. */
  readonly canSubscribe: boolean
  readonly subscriptions: readonly SubscriptionModel[]
}

interface SubscriptionModel {
  readonly id: string
  readonly status: string
  readonly since: string
  readonly lastDeliveryAt: string | null
  readonly deliveries: readonly {
    readonly actions: readonly string[]
    readonly status: string
    readonly at: string
    readonly message: string | null
  }[]
}

export function accountEvents(
  context: DashboardContext,
  { canSubscribe, subscriptions }: AccountEventsModel,
  address: string,
): Html {
  const [only, ...more] = subscriptions
  const change =
    only === undefined
      ? canSubscribe &&
        html`<form method="post" action="${address}/subscribe" data-busy="Subscribing…">${csrfField(context)}${button('Subscribe')}</form>`
      : more.length === 0 && endForm(context, only, address)
  const said =
    subscriptions.length > 0
      ? 'What the provider delivers when a record changes.'
      : canSubscribe
        ? 'Have the provider deliver what changes, in place of asking for it again and again.'
        : 'This provider is set up by hand: make an address with POST /event-subscriptions and enter it there.'
  return html`<section class="card section"><div class="card-head"><div><h2>Events</h2><p>${said}</p></div>${change}</div>${subscriptions.map(
    (one) => subscriptionPart(context, one, more.length > 0 && endForm(context, one, address)),
  )}</section>`
}

function subscriptionPart({ now }: DashboardContext, one: SubscriptionModel, end: Html | false): Html {
  const last =
    one.lastDeliveryAt === null
      ? 'nothing delivered yet'
      : html`last delivery ${time(one.lastDeliveryAt, now)}`
  return html`<div class="card-body"><div class="row">${statusBadge(one.status)}<span class="faint">since ${time(one.since, now)} · ${last}</span>${end}</div>
${
  one.deliveries.length > 0 &&
  html`<ol class="history">${one.deliveries.map(
    (delivery) =>
      html`<li><span>${delivery.actions.join(', ')} ${statusBadge(delivery.status)}${delivery.message !== null && html`<span class="cell-sub">${delivery.message}</span>`}</span><span class="faint">${time(delivery.at, now)}</span></li>`,
  )}</ol>`
}</div>`
}

function endForm(context: DashboardContext, { id }: SubscriptionModel, address: string): Html {
  return html`<form method="post" action="${address}/unsubscribe" data-busy="Ending…">${csrfField(context)}<input type="hidden" name="subscription" value="${id}">${button('End')}</form>`
}
