import type { ActionSummary, AuthenticationSummary, FieldSummary } from '../../../catalog/index.ts'
import type { InputPlan } from '../../../plan/index.ts'
import { badge, button, connectorLogo, emptyState, icon, notice, prose } from '../components/index.ts'
import { attributes, type Html, html } from '../html/index.ts'
import { type DashboardContext, dashboardPage } from '../layout/index.ts'
import { csrfField } from './csrf-field.ts'
import { definitionField } from './definition-field.ts'
import { guideView } from './guide-view.ts'

export interface IntegrationSetup {
  readonly fields: readonly FieldSummary[]
  readonly storedSecrets: readonly string[]
  /** By key; never a secret. */
  readonly values: Readonly<Record<string, string>>
  readonly isComplete: boolean
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
  return html`<div class="card card-clip">${actions.map(actionView)}</div>
<p class="faint legend">Evidence marks say how well a call is known: <span class="mark mark-A">A</span> and <span class="mark mark-B">B</span> seen in clients of the provider’s API, <span class="mark mark-C">C</span> documented, <span class="mark mark-D">D</span> and <span class="mark mark-E">E</span> assumed.</p>`
}

function actionView(action: ConnectorModel['actions'][number]): Html {
  const { evidence } = action
  return html`<details class="action" id="${action.qualifiedId}"><summary><span><span class="action-name">${action.label}</span><code class="action-id">${action.qualifiedId}</code></span><span class="row">${action.stage !== 'stable' && badge('warning', action.stage === 'preview' ? 'Preview' : 'Beta')}${badge('neutral', effectWord(action))}</span>${evidence === undefined ? html`<span></span>` : html`<span class="mark mark-${evidence.request}" title="How well the call is known: ${evidence.request}">${evidence.request}</span>`}</summary>
<div class="action-body"><p>${prose(action.description)}</p>
${action.details !== undefined && html`<p>${prose(action.details)}</p>`}
${action.stage === 'preview' && html`<p>Preview: off unless a caller asks for preview actions.</p>`}
${action.inputs.length > 0 ? inputsTable(action.inputs) : html`<p class="faint">No inputs.</p>`}
${evidence !== undefined && html`<div><p class="action-part">Evidence</p><p class="soft">Request ${evidence.request}${evidence.response !== undefined && `, response ${evidence.response}`}: ${prose(evidence.source)}${evidence.note !== undefined && html`. ${prose(evidence.note)}`}</p></div>`}
</div></details>`
}

function effectWord({ passthrough, effect, listing }: ConnectorModel['actions'][number]): string {
  if (passthrough) return 'Any call'
  if (effect === 'write') return 'Writes'
  return listing === undefined ? 'Reads' : 'Lists'
}

function inputsTable(inputs: readonly InputPlan[]): Html {
  return html`<div class="table-scroll" tabindex="0" role="group" aria-label="Inputs"><table class="inputs"><thead><tr><th scope="col">Input</th><th scope="col">Type</th><th scope="col">About</th></tr></thead><tbody>${inputs.map(
    (input) =>
      html`<tr><td><code>${input.name}</code>${input.required && html` <span class="badge badge-accent">required</span>`}</td><td class="soft">${input.array ? `list of ${input.type}` : input.type}</td><td>${input.description !== undefined && prose(input.description)}${input.values !== undefined && html` <span class="faint">One of ${input.values.join(', ')}.</span>`}</td></tr>`,
  )}</tbody></table></div>`
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
  const { fields, storedSecrets, values, error } = one.setup
  return html`<form class="card section" method="post" action="/catalog/integrations/${encodeURIComponent(one.id)}/setup"><div class="card-head"><div><h2>Set up ${one.methodLabel} · ${one.environmentName}</h2><p>What you registered at the provider, once for all accounts. Stored encrypted.</p></div></div><div class="card-body form">${csrfField(context)}
${error !== undefined && notice('danger', 'Not saved', html`<p>${error}</p>`)}
${fields.map((field) => definitionField(field, { value: values[field.key] ?? '', isStored: storedSecrets.includes(field.key) }))}
</div><div class="card-foot">${button('Save', { look: 'primary' })}</div></form>`
}
