import type {
  ActionSummary,
  AuthenticationSummary,
  ConnectorSummary,
  FieldSummary,
} from '../catalog/index.ts'
import {
  actionView,
  badge,
  codeBlock,
  commandExample,
  connectorLogo,
  evidenceLegend,
  guideView,
  type Html,
  html,
  icon,
  libraryExample,
  prose,
} from '../ui/index.ts'
import { siteDocument } from './site-document.ts'

/** Everything about a connector on one page: how it is linked, what it can do, and how it is called. */
export function connectorPage(connector: ConnectorSummary): Html {
  const { key, title, version, description, resources, authentications, actions } = connector
  return siteDocument({
    title: `${title} · Connector catalog`,
    root: '../',
    scripts: ['connector'],
    content: html`<a class="crumb" href="../index.html">${icon('back')}All connectors</a>
<header class="page-head"><div class="page-head-text"><div class="page-head-title">${connectorLogo(connector)}<div><h1>${title}</h1><p class="faint"><code>${key}</code> · version ${version}</p></div></div>
${description !== undefined && html`<p class="lead page-lead">${prose(description)}</p>`}
${isSecureAddress(resources) && html`<p class="page-lead"><a class="site-out" href="${resources}" rel="noreferrer">${icon('out')}The provider’s documentation</a></p>`}</div></header>
<nav class="tabs" aria-label="On this page"><a class="tab" href="#actions">Actions ${actions.length}</a>${authentications.length > 0 && html`<a class="tab" href="#linking">Linking</a>`}<a class="tab" href="#program">In your program</a></nav>
<section id="actions" aria-labelledby="actions-title"><div class="section-head"><h2 id="actions-title">Actions</h2></div>
<div class="card card-clip">${actions.map((action) => actionView(action, examplesOf(action)))}</div>
${evidenceLegend()}</section>
${authentications.length > 0 && html`<section class="site-part" id="linking" aria-labelledby="linking-title"><div class="section-head"><h2 id="linking-title">Linking an account</h2></div><div class="stack">${authentications.map(methodView)}</div></section>`}
<section class="site-part" id="program" aria-labelledby="program-title"><div class="section-head"><h2 id="program-title">In your program</h2></div>${codeBlock(programOf(key), 'the set-up of a program')}<p class="faint legend">Compiled once, the plan is shared by all calls; each action has an example of its own.</p></section>`,
  })
}

function examplesOf(action: ActionSummary) {
  return [commandExample(action, action.sample), libraryExample(action, action.sample)]
}

function methodView(method: AuthenticationSummary): Html {
  const { label, configFields, setupFields, guide, environments } = method
  return html`<div class="card"><div class="card-head"><div><h3>${label}</h3><p>${environments.map(({ name }) => name).join(', ')}</p></div></div><div class="card-body stack">
${setupFields.length > 0 && html`<h4>Registered at the provider once</h4>${fieldsView(setupFields)}`}
${configFields.length > 0 ? html`<h4>Asked of the person who links an account</h4>${fieldsView(configFields)}` : html`<p class="soft">The person who links an account fills in nothing.</p>`}
</div></div>
${guide !== undefined && html`<div class="card"><div class="card-head"><h3>${guide.title}</h3></div><div class="card-body">${guideView({ guide, whiteLabel: false, fields: configFields, linked: false })}</div></div>`}`
}

function fieldsView(fields: readonly FieldSummary[]): Html {
  return html`<dl class="facts">${fields.map(
    (one) =>
      html`<dt>${one.label}<code class="faint">${one.key}</code></dt><dd><span class="row">${badge('neutral', one.required ? 'Required' : 'Optional')}${one.secret && badge('neutral', 'Secret')}${one.options !== undefined && html`<span class="faint">One of ${one.options.map((option) => option.label).join(', ')}</span>`}</span>${one.description !== undefined && html`<span class="soft">${prose(one.description)}</span>`}</dd>`,
  )}</dl>`
}

function programOf(key: string): string {
  return `import { compileConnector, iterateAction, loadConnector, runAction } from 'mainspring'

const { model } = await loadConnector('connectors/${key}')
if (model === null) throw new Error('mainspring lint says what is wrong')
const plan = compileConnector(model)`
}

/** A definition may hold any text there; only a link that is safe to follow becomes one. */
function isSecureAddress(text: string | undefined): text is string {
  return text !== undefined && URL.canParse(text) && new URL(text).protocol === 'https:'
}
