import {
  attributes,
  badge,
  button,
  copyValue,
  defaultAccent,
  emptyState,
  field,
  type Html,
  html,
  notice,
  time,
} from '../../../ui/index.ts'
import { keyBeginning } from '../../keys/key-beginning.ts'
import type { DashboardContext } from '../layout/index.ts'
import { csrfField } from './csrf-field.ts'
import { settingsPage } from './settings-page.ts'

export interface KeysModel {
  readonly keys: readonly {
    readonly id: string
    readonly name: string
    readonly prefix: string
    readonly scopes: readonly string[]
    readonly createdAt: string
    readonly lastUsedAt: string | null
  }[]
  /** Just made: shown this once. */
  readonly fresh?: { readonly name: string; readonly key: string }
  readonly error?: string
}

export function keysView(context: DashboardContext, { keys, fresh, error }: KeysModel): Html {
  return settingsPage(
    context,
    'keys',
    html`${fresh !== undefined && html`<div class="card card-fresh"><div class="card-head"><div><h2>Key “${fresh.name}”</h2><p>Copy it now: the hub keeps only a fingerprint and cannot show it again.</p></div></div><div class="card-body"><div class="copy-block">${copyValue(fresh.key, 'the API key')}</div></div></div>`}
<section class="section"><div class="section-head"><h2>Keys in force</h2></div>
${
  keys.length === 0
    ? emptyState('key', 'No API key yet', 'Programs call the hub with a key. Make one below.')
    : html`<div class="card"><ul class="plain-list">${keys.map((key) => keyLine(context, key))}</ul></div>`
}</section>
<section class="card section"><div class="card-head"><div><h2>New key</h2><p>Give each program its own, so that one can be revoked alone.</p></div></div>
<form method="post" action="/settings/keys"><div class="card-body form">${csrfField(context)}
${field({ id: 'name', name: 'name', label: 'Name', type: 'text', required: true, placeholder: 'Nightly import', more: { maxlength: '80' }, ...(error === undefined ? {} : { error }) })}
<fieldset class="field"><legend>May</legend><div class="choices">
<label class="choice"><input type="radio" name="scopes" value="read">Read</label>
<label class="choice"><input type="radio" name="scopes" value="read write" checked>Read and write</label>
<label class="choice"><input type="radio" name="scopes" value="read write admin">Administer</label>
</div></fieldset></div><div class="card-foot">${button('Create key', { look: 'primary' })}</div></form></section>`,
  )
}

function keyLine(context: DashboardContext, key: KeysModel['keys'][number]): Html {
  return html`<li class="line"><div><p class="line-title">${key.name}</p><p class="faint"><code>${keyBeginning(key)}</code> · made ${time(key.createdAt, context.now)} · ${key.lastUsedAt === null ? 'not used yet' : html`used ${time(key.lastUsedAt, context.now)}`}</p></div>
<div class="row">${key.scopes.map((scope) => badge('neutral', scope))}<form method="post" action="/settings/keys/${encodeURIComponent(key.id)}/rotate" data-confirm="Rotate “${key.name}”? A new key is shown once; the old one works for another day.">${csrfField(context)}${button('Rotate', { small: true, more: { 'aria-label': `Rotate ${key.name}` } })}</form><form method="post" action="/settings/keys/${encodeURIComponent(key.id)}/revoke" data-confirm="Revoke “${key.name}”? Programs that use it stop working at once.">${csrfField(context)}${button('Revoke', { small: true, more: { 'aria-label': `Revoke ${key.name}` } })}</form></div></li>`
}

export interface LookModel {
  readonly values: {
    readonly hubName: string
    readonly logoUrl: string
    readonly accentColor: string
    readonly accentColorDark: string
    readonly hideHubSections: boolean
  }
  readonly error?: string
}

export function lookView(context: DashboardContext, { values, error }: LookModel): Html {
  return settingsPage(
    context,
    'look',
    html`${error !== undefined && notice('danger', 'Not saved', html`<p>${error}</p>`)}
<form class="card" method="post" action="/settings/look"><div class="card-head"><div><h2>White label</h2><p>How your customers see the hub: on the connect page, in auth links, and here.</p></div></div><div class="card-body form">${csrfField(context)}
${field({ id: 'hub-name', name: 'hubName', label: 'Name', type: 'text', required: true, value: values.hubName, more: { maxlength: '80' } })}
${field({ id: 'logo-url', name: 'logoUrl', label: 'Logo', type: 'text', value: values.logoUrl, placeholder: 'https://example.com/logo.svg', description: 'An https address, or a data URL of a PNG, JPEG, WebP or SVG image.' })}
${field({ id: 'accent', name: 'accentColor', label: 'Colour', type: 'text', value: values.accentColor, placeholder: '#3a56c5', description: 'Buttons and links. One that could not be read is darkened or lightened until it can.', more: { maxlength: '7', 'data-colour': defaultAccent.light } })}
${field({ id: 'accent-dark', name: 'accentColorDark', label: 'Colour on dark pages', type: 'text', value: values.accentColorDark, placeholder: 'The same', more: { maxlength: '7', 'data-colour': defaultAccent.dark } })}
<label class="check field"><input${attributes({ type: 'checkbox', name: 'hideHubSections', value: 'yes', checked: values.hideHubSections })}><span>Leave out what guides say about the hub itself<small>For products that embed the form: the section “Link the account from the Hub” is not shown.</small></span></label>
</div><div class="card-foot">${button('Save', { look: 'primary' })}</div></form>`,
  )
}

export interface OriginsModel {
  readonly text: string
  readonly error?: string
}

export function originsView(context: DashboardContext, { text, error }: OriginsModel): Html {
  return settingsPage(
    context,
    'origins',
    html`<form class="card" method="post" action="/settings/origins"><div class="card-head"><div><h2>Allowed origins</h2><p>Pages of these origins may embed the connect page and call the hub from a browser. All others are refused.</p></div></div><div class="card-body form">${csrfField(context)}
${field({ id: 'origins', name: 'origins', label: 'Origins', type: 'text_area', value: text, placeholder: 'https://app.example.com', description: 'One a line: scheme, host and port, without a path.', ...(error === undefined ? {} : { error }) })}
</div><div class="card-foot">${button('Save', { look: 'primary' })}</div></form>`,
  )
}
