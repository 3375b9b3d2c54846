import {
  attributes,
  badge,
  button,
  field,
  type Html,
  html,
  icon,
  linkButton,
  notice,
} from '../../../ui/index.ts'
import { type DashboardContext, dashboardPage } from '../layout/index.ts'
import { csrfField } from './csrf-field.ts'

export interface PolicyRow {
  readonly subject: string
  readonly title: string
  readonly who: string
  /** What it takes away, in words; empty where it allows everything. */
  readonly limits: readonly string[]
  readonly isDefault: boolean
}

export interface PolicyFormModel {
  readonly subject: string
  readonly title: string
  readonly who: string
  readonly connectors: string
  readonly actions: string
  readonly exceptActions: string
  readonly methods: readonly { readonly name: string; readonly allowed: boolean }[]
  readonly readOnly: boolean
  readonly allowPreview: boolean
  readonly allowPassthroughWrites: boolean
  readonly confirm: string
  readonly confirmBy: string
  readonly isDefault: boolean
  readonly error?: string
}

export function policiesView(context: DashboardContext, rows: readonly PolicyRow[]): Html {
  return dashboardPage(context, {
    title: 'Policies',
    place: 'policies',
    content: html`<header class="page-head"><div class="page-head-text"><h1>Policies</h1><p class="lead">What may be run, by whom. Every policy that applies to a caller has to allow it; they are checked before each run, not only in lists.</p></div></header>
<div class="card"><table class="table table-rows table-cards"><caption class="visually-hidden">Policies</caption>
<thead><tr><th scope="col">Applies to</th><th scope="col">Limits</th><th scope="col">State</th></tr></thead>
<tbody>${rows.map(
      (row) => html`<tr>
<td><a class="row-link" href="/policies/${encodeURIComponent(row.subject)}">${row.title}</a><span class="cell-sub">${row.who}</span></td>
<td data-label="Limits">${row.limits.length === 0 ? html`<span class="faint">None</span>` : html`<ul class="plain-limits">${row.limits.map((limit) => html`<li>${limit}</li>`)}</ul>`}</td>
<td data-label="State">${row.isDefault ? badge('neutral', 'Default') : badge('accent', 'Set')}</td>
</tr>`,
    )}</tbody></table></div>`,
  })
}

export function policyView(context: DashboardContext, model: PolicyFormModel): Html {
  const address = `/policies/${encodeURIComponent(model.subject)}`
  return dashboardPage(context, {
    title: model.title,
    place: 'policies',
    narrow: true,
    content: html`<a class="crumb" href="/policies">${icon('back')}Policies</a>
<header class="page-head"><div class="page-head-text"><h1>${model.title}</h1><p class="lead">${model.who}</p></div></header>
${model.error !== undefined && notice('danger', 'The policy was not saved', html`<p>${model.error}</p>`)}
<form class="card section" method="post" action="${address}" data-busy="Saving…">${csrfField(context)}
<div class="card-body stack">
${field({ id: 'connectors', name: 'connectors', label: 'Connectors', type: 'text_area', value: model.connectors, description: 'Keys of connectors, one a line. Empty allows all of them.' })}
${field({ id: 'actions', name: 'actions', label: 'Actions', type: 'text_area', value: model.actions, description: 'Ids of actions, one a line; * stands for any text, as in clockwork_list_*. Empty allows all of them.' })}
${field({ id: 'except', name: 'exceptActions', label: 'Except', type: 'text_area', value: model.exceptActions, description: 'Actions that are taken out again.' })}
<fieldset class="checks"><legend>HTTP methods of requests to providers</legend><div class="row">${model.methods.map(({ name, allowed }) => check(`method-${name}`, name, allowed, name))}</div></fieldset>
<fieldset class="checks"><legend>Effects</legend>
${check('readOnly', 'Reading alone: every action that writes is refused', model.readOnly)}
${check('allowPreview', 'Preview actions, which rest on an unconfirmed assumption', model.allowPreview)}
${check('allowPassthroughWrites', 'The proxy and passthrough actions may write', model.allowPassthroughWrites)}
</fieldset>
<fieldset class="checks"><legend>Confirmed before they are sent</legend>
${choice('confirm', model.confirm, [
  ['none', 'No calls'],
  ['removals', 'Calls that take something away'],
  ['writes', 'Every call that writes'],
])}
</fieldset>
<fieldset class="checks"><legend>Who confirms</legend>
${choice('confirmBy', model.confirmBy, [
  ['caller', 'The caller, by calling again with the token of the refusal'],
  ['operator', 'An operator, on the confirmations page'],
])}
</fieldset>
</div>
<div class="card-foot row">${button('Save', { look: 'primary' })}${linkButton('Cancel', '/policies')}</div></form>
${!model.isDefault && html`<section class="card section"><div class="card-head"><div><h2>Back to the default</h2><p>Removes what was set here.</p></div><form method="post" action="${address}/reset">${csrfField(context)}${button('Reset', { icon: 'refresh' })}</form></div></section>`}`,
  })
}

function check(name: string, label: string, checked: boolean, value = 'yes'): Html {
  return html`<label class="check"><input${attributes({ type: 'checkbox', name, value, checked })}><span>${label}</span></label>`
}

function choice(name: string, chosen: string, options: readonly (readonly [string, string])[]): Html {
  return html`${options.map(
    ([value, label]) =>
      html`<label class="check"><input${attributes({ type: 'radio', name, value, checked: value === chosen })}><span>${label}</span></label>`,
  )}`
}
