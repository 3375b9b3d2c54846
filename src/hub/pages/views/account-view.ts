import {
  button,
  connectorLogo,
  copyValue,
  dialog,
  exactTime,
  type Html,
  html,
  icon,
  linkButton,
  notice,
  statusBadge,
  time,
  typeBadge,
} from '../../../ui/index.ts'
import type { HeldBack } from '../../accounts/held-back.ts'
import { type DashboardContext, dashboardPage } from '../layout/index.ts'
import { type AccountEventsModel, accountEvents } from './account-events.ts'
import { csrfField } from './csrf-field.ts'

export interface AccountModel {
  readonly id: string
  readonly title: string
  readonly label: string
  readonly connector: { readonly key: string; readonly title: string; readonly icon?: string }
  readonly owner: { readonly id: string; readonly name: string; readonly username: string | null }
  readonly status: string
  readonly type: string
  readonly methodLabel: string
  readonly environmentName: string
  readonly linkedAt: string
  readonly lastUsedAt: string | null
  readonly lastError: { readonly message: string; readonly hint: string; readonly at: string } | null
  readonly heldBack: HeldBack
  /** The fields of its form in their order; a secret has no value here. */
  readonly fields: readonly {
    readonly label: string
    readonly secret: boolean
    readonly value: string | null
    readonly stored: boolean
  }[]
  /** Absent where the connector has no events. */
  readonly events?: AccountEventsModel
  readonly history: readonly { readonly at: string; readonly text: string; readonly by: string }[]
}

export function accountView(context: DashboardContext, model: AccountModel): Html {
  const address = `/accounts/${encodeURIComponent(model.id)}`
  return dashboardPage(context, {
    title: model.title,
    place: 'accounts',
    narrow: true,
    content: html`<a class="crumb" href="/accounts">${icon('back')}Accounts</a>
<header class="page-head"><div class="page-head-text"><div class="page-head-title">${connectorLogo(model.connector)}<div><h1>${model.title}</h1><p class="row">${statusBadge(model.status)}${typeBadge(model.type)}</p></div></div></div>
<div class="page-actions">${testForm(context, address)}${reconnectForm(context, address)}${pauseForm(context, model, address)}</div></header>
${model.lastError !== null && errorNotice(context, model.lastError)}
${heldBackNotices(model.heldBack)}
${facts(context, model)}
${credentials(model)}
${model.events !== undefined && accountEvents(context, model.events, address)}
${rename(context, model, address)}
${history(context, model)}
${danger(address)}
${dialog('disconnect', `Disconnect ${model.title}?`, disconnectText(model), disconnectForm(context, model.id, true))}`,
  })
}

/** The question of disconnecting as a page of its own, for browsers without scripts. */
export function disconnectView(
  context: DashboardContext,
  model: Pick<AccountModel, 'id' | 'title' | 'connector'>,
): Html {
  return dashboardPage(context, {
    title: `Disconnect ${model.title}?`,
    place: 'accounts',
    narrow: true,
    content: html`<div class="card"><div class="card-body"><h1>Disconnect ${model.title}?</h1>${disconnectText(model)}${disconnectForm(context, model.id, false)}</div></div>`,
  })
}

function testForm(context: DashboardContext, address: string): Html {
  return html`<form method="post" action="${address}/test" data-busy="Testing…">${csrfField(context)}${button('Test connection', { icon: 'pulse' })}</form>`
}

function reconnectForm(context: DashboardContext, address: string): Html {
  return html`<form method="post" action="${address}/reconnect">${csrfField(context)}${button('Re-connect', { icon: 'refresh' })}</form>`
}

function pauseForm(context: DashboardContext, { status }: AccountModel, address: string): Html {
  const isOff = status === 'inactive'
  return html`<form method="post" action="${address}/${isOff ? 'resume' : 'pause'}">${csrfField(context)}${button(isOff ? 'Switch on' : 'Switch off', { look: isOff ? 'plain' : 'quiet' })}</form>`
}

function errorNotice({ now }: DashboardContext, error: NonNullable<AccountModel['lastError']>): Html {
  return notice(
    'danger',
    error.message,
    html`<p>${error.hint}</p>`,
    html`<p class="faint">${time(error.at, now)}</p>`,
  )
}

function heldBackNotices({ circuits, pauses }: HeldBack): Html {
  return html`${circuits.map(({ host, state, retryAfterMs }) =>
    notice(
      'warning',
      `${host} failed too often: calls to it are held back.`,
      state === 'open'
        ? html`<p>Calls are refused at once. In ${seconds(retryAfterMs)} one is let through to find out whether it works again.</p>`
        : html`<p>The next call finds out whether it works again.</p>`,
    ),
  )}${pauses.map(({ pool, retryAfterMs }) =>
    notice(
      'warning',
      'The provider asked to slow down.',
      html`<p>Calls wait for ${seconds(retryAfterMs)}${pool === 'main' ? '' : ` (${pool})`}; those that have less time are refused.</p>`,
    ),
  )}`
}

function seconds(milliseconds: number): string {
  const count = Math.ceil(milliseconds / 1_000)
  return count === 1 ? '1 second' : `${count} seconds`
}

function facts({ now }: DashboardContext, model: AccountModel): Html {
  const { owner } = model
  return html`<section class="card section" aria-label="About this account"><div class="card-body"><dl class="facts">
<dt>Account id</dt><dd>${copyValue(model.id, 'the account id')}</dd>
<dt>Connector</dt><dd><a href="/catalog/${model.connector.key}">${model.connector.title}</a></dd>
<dt>Owner</dt><dd>${owner.name} <span class="faint">${owner.id}${owner.username !== null && ` · ${owner.username}`}</span></dd>
<dt>Signs in with</dt><dd>${model.methodLabel}</dd>
<dt>Environment</dt><dd>${model.environmentName}</dd>
<dt>Linked</dt><dd>${exactTime(model.linkedAt)} <span class="faint">${time(model.linkedAt, now)}</span></dd>
<dt>Last used</dt><dd>${model.lastUsedAt === null ? 'Not yet' : time(model.lastUsedAt, now)}</dd>
</dl></div></section>`
}

function credentials({ fields }: AccountModel): Html | false {
  return (
    fields.length > 0 &&
    html`<section class="card section"><div class="card-head"><div><h2>Credentials</h2><p>Stored encrypted. A secret is never shown again; re-connect to change it.</p></div></div><div class="card-body"><dl class="facts">${fields.map(
      (one) =>
        html`<dt>${one.label}</dt><dd>${one.secret ? (one.stored ? html`<span class="faint">•••••••• stored</span>` : html`<span class="faint">not set</span>`) : (one.value ?? html`<span class="faint">not set</span>`)}</dd>`,
    )}</dl></div></section>`
  )
}

function rename(context: DashboardContext, model: AccountModel, address: string): Html {
  return html`<section class="card section"><div class="card-head"><div><h2><label for="label">Label</label></h2><p>A name of your own, to tell accounts apart.</p></div></div>
<form class="inline-form" method="post" action="${address}/rename">${csrfField(context)}<input class="control" id="label" name="label" value="${model.label}" maxlength="120" placeholder="${model.owner.name}">${button('Save')}</form></section>`
}

function history({ now }: DashboardContext, model: AccountModel): Html | false {
  return (
    model.history.length > 0 &&
    html`<section class="card section"><div class="card-head"><h2>History</h2></div><div class="card-body"><ol class="history">${model.history.map(
      (entry) =>
        html`<li><span>${entry.text}</span><span class="faint">${entry.by} · ${time(entry.at, now)}</span></li>`,
    )}</ol></div></section>`
  )
}

function danger(address: string): Html {
  return html`<section class="card section"><div class="card-head"><div><h2>Disconnect</h2><p>Removes the stored credentials and the account. The history keeps that it was there.</p></div>${linkButton('Disconnect…', `${address}/disconnect`, { icon: 'trash', more: { 'data-dialog': 'disconnect' } })}</div></section>`
}

function disconnectText({ connector }: Pick<AccountModel, 'connector'>): Html {
  return html`<p>The stored credentials are removed at once, and whatever runs with this account stops working. The keys themselves stay valid at ${connector.title} until they are revoked there.</p>`
}

function disconnectForm(context: DashboardContext, id: string, inDialog: boolean): Html {
  const address = `/accounts/${encodeURIComponent(id)}`
  const cancel = inDialog
    ? button('Keep it', { more: { type: 'button', 'data-close-dialog': true } })
    : linkButton('Keep it', address)
  return html`<form method="post" action="${address}/disconnect" class="dialog-actions">${csrfField(context)}${cancel}${button('Disconnect', { look: 'danger' })}</form>`
}
