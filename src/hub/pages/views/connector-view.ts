import type { ActionSummary, AuthenticationSummary, FieldSummary } from '../../../catalog/index.ts'
import {
  actionView,
  attributes,
  badge,
  button,
  connectorLogo,
  copyValue,
  emptyState,
  evidenceLegend,
  guideView,
  type Html,
  html,
  icon,
  notice,
} from '../../../ui/index.ts'
import { type DashboardContext, dashboardPage } from '../layout/index.ts'
import { csrfField } from './csrf-field.ts'
import { definitionField } from './definition-field.ts'
import { type FormNotice, formNotices } from './form-notices.ts'
import { type Support, supportLine } from './support-line.ts'

export interface IntegrationSetup {
  readonly fields: readonly FieldSummary[]
  readonly storedSecrets: readonly string[]
  /** By key; never a secret. */
  readonly values: Readonly<Record<string, string>>
  readonly isComplete: boolean
  readonly notices: readonly FormNotice[]
  readonly support?: Support
  /** Where the provider sends people back to: what is registered there; absent where nobody is sent away. */
  readonly returnAddress?: string
  readonly error?: string
}

export interface ConnectorModel {
  readonly connector: {
    readonly key: string
    readonly title: string
    readonly version: string
    readonly description?: string
    readonly icon?: string
    readonly resources?: string
  }
  readonly actions: readonly ActionSummary[]
  readonly methods: readonly AuthenticationSummary[]
  readonly integrations: readonly {
    readonly id: string
    readonly methodLabel: string
    readonly environmentName: string
    readonly active: boolean
    readonly type: string
    /** What the operator registers at the provider once; no fields where nothing is needed. */
    readonly setup: IntegrationSetup
  }[]
  readonly tab: 'actions' | 'guide' | 'linking'
  readonly whiteLabel: boolean
}

export function connectorView(context: DashboardContext, model: ConnectorModel): Html {
  const { connector, tab } = model
  const address = `/catalog/${connector.key}`
  const tabs = [
    { key: 'actions', label: `Actions ${model.actions.length}`, href: address },
    { key: 'guide', label: 'Guide', href: `${address}?tab=guide` },
    { key: 'linking', label: 'Linking', href: `${address}?tab=linking` },
  ]
  return dashboardPage(context, {
    title: connector.title,
    place: 'catalog',
    content: html`<a class="crumb" href="/catalog">${icon('back')}Catalog</a>
<header class="page-head"><div class="page-head-text"><div class="page-head-title">${connectorLogo(connector)}<div><h1>${connector.title}</h1><p class="faint"><code>${connector.key}</code> · version ${connector.version}</p></div></div>
${connector.description !== undefined && html`<p class="lead page-lead">${connector.description}</p>`}</div>
<div class="page-actions"><a class="button button-primary" href="/accounts/link?provider=${connector.key}">${icon('plus')}<span class="button-label">Link an account</span></a></div></header>
<nav class="tabs" aria-label="About ${connector.title}">${tabs.map(
      ({ key, label, href }) =>
        html`<a${attributes({ class: 'tab', href, 'aria-current': key === tab ? 'page' : undefined })}>${label}</a>`,
    )}</nav>
${tab === 'actions' ? actionsTab(model) : tab === 'guide' ? guideTab(model) : linkingTab(context, model)}`,
  })
}

/** Actions stand under the thing they are about, in the order of the definition. */
function actionsTab({ actions }: ConnectorModel): Html {
  return html`<div class="card card-clip">${actions.map((action) => actionView(action))}</div>
${evidenceLegend()}`
}

function guideTab({ methods, whiteLabel, connector }: ConnectorModel): Html {
  const guided = methods.filter(({ guide }) => guide !== undefined)
  if (guided.length === 0)
    return emptyState('info', 'No guide yet', `The definition of ${connector.title} has none.`)
  return html`<div class="stack guide-pages">${guided.map(
    ({ guide, configFields }) =>
      guide !== undefined &&
      html`<section><h2>${guide.title}</h2>${guideView({ guide, whiteLabel, fields: configFields, linked: false })}</section>`,
  )}</div>`
}

function linkingTab(context: DashboardContext, { integrations, methods }: ConnectorModel): Html {
  return html`<div class="card"><ul class="plain-list">${integrations.map(
    (one) =>
      html`<li class="line"><div><p class="line-title">${one.methodLabel} · ${one.environmentName}</p><p class="faint"><code>${one.id}</code></p></div><div class="row">${one.type === 'test' && badge('warning', 'Test · sandbox')}${!one.setup.isComplete && badge('danger', 'Needs set-up')}${one.active ? badge('success', 'On') : badge('neutral', 'Off')}<form method="post" action="/catalog/integrations/${encodeURIComponent(one.id)}">${csrfField(context)}<input type="hidden" name="active" value="${one.active ? 'no' : 'yes'}">${button(one.active ? 'Switch off' : 'Switch on', { small: true, more: { 'aria-label': `${one.active ? 'Switch off' : 'Switch on'} ${one.methodLabel}, ${one.environmentName}` } })}</form></div></li>`,
  )}</ul></div>
${integrations.filter(({ setup }) => setup.fields.length > 0).map((one) => setupForm(context, one))}
${methods.map(
  ({ label, configFields }) =>
    html`<section class="card section"><div class="card-head"><div><h2>${label}</h2><p>Asked of the person who links an account.</p></div></div><div class="card-body"><dl class="facts">${configFields.map(
      (one) =>
        html`<dt>${one.label}</dt><dd><span class="row">${one.secret && badge('neutral', 'Secret')}${one.required && badge('neutral', 'Required')}</span><span class="soft">${one.description}</span></dd>`,
    )}</dl></div></section>`,
)}`
}

function setupForm(context: DashboardContext, one: ConnectorModel['integrations'][number]): Html {
  const { fields, storedSecrets, values, notices, support, returnAddress, error } = one.setup
  return html`<form class="card section" method="post" action="/catalog/integrations/${encodeURIComponent(one.id)}/setup"><div class="card-head"><div><h2>Set up ${one.methodLabel} · ${one.environmentName}</h2><p>What you registered at the provider, once for all accounts. Stored encrypted.</p></div></div><div class="card-body form">${csrfField(context)}
${error !== undefined && notice('danger', 'Not saved', html`<p>${error}</p>`)}
${formNotices(notices, 'top')}
${returnAddress !== undefined && html`<div class="field"><div class="field-head"><span class="field-name">Redirect address</span></div><div class="copy-block">${copyValue(returnAddress, 'the redirect address')}</div><p class="field-description">Register it at the provider: people come back to it once they have agreed.</p></div>`}
${fields.map((field) => definitionField(field, { value: values[field.key] ?? '', isStored: storedSecrets.includes(field.key) }))}
${formNotices(notices, 'bottom')}
${support !== undefined && supportLine(support, 'setup')}
</div><div class="card-foot">${button('Save', { look: 'primary' })}</div></form>`
}
