import type { AuthenticationSummary, FieldSummary } from '../../../catalog/index.ts'
import {
  attributes,
  button,
  connectorLogo,
  fieldId,
  guideView,
  type Html,
  html,
  icon,
  notice,
  stepOfField,
} from '../../../ui/index.ts'
import { brandInside, documentOf, type PageContext, sandboxRibbon } from '../layout/index.ts'
import { definitionField } from './definition-field.ts'
import { formNotices } from './form-notices.ts'
import { supportLine } from './support-line.ts'

/** One of several ways to go, as a link. */
export interface Choice {
  readonly label: string
  readonly href: string
  readonly current: boolean
}

export interface ConnectFailureModel {
  /** Code of the error behind it, for an embedding page. */
  readonly code: string
  readonly headline: string
  readonly hint: string
  readonly providerMessage?: string
  /** What is wrong with a field, by key. */
  readonly fields: Readonly<Record<string, string>>
  /** Keys of fields that are likely wrong. */
  readonly suspects: readonly string[]
}

export interface ConnectModel {
  readonly connector: { readonly key: string; readonly title: string; readonly icon?: string }
  readonly method: Pick<
    AuthenticationSummary,
    'label' | 'configFields' | 'configNotices' | 'guide' | 'support'
  >
  readonly scopes?: readonly string[]
  readonly action: string
  readonly ownerName: string
  readonly whiteLabel: boolean
  /** Where the calls go is a sandbox. */
  readonly sandbox: boolean
  readonly methods: readonly Choice[]
  readonly environments: readonly Choice[]
  /** Back to the choice of connectors, where there was one. */
  readonly backHref?: string
  /** Goes with the form, so that a form that is sent twice links once. */
  readonly nonce: string
  /** By key; never a secret. */
  readonly values: Readonly<Record<string, string>>
  /** The account is there: secrets that are left empty stay as they are. */
  readonly reconnect?: { readonly storedSecrets: readonly string[] }
  /** The person goes to the provider's own page. */
  readonly redirects: boolean
  /** In a frame, the form goes on in a window; this address shows what came of it. */
  readonly returnedHref?: string
  readonly failure?: ConnectFailureModel
  /** In a frame of this origin's page. */
  readonly parentOrigin?: string
}

/** The page on which an account is linked, made from the definition alone. */
export function connectView(context: PageContext, model: ConnectModel): Html {
  const { connector, method } = model
  const embedded = model.parentOrigin !== undefined
  const heading = headingOf(model)
  const hasGuide = method.guide !== undefined
  return documentOf(context, {
    title: heading,
    script: 'connect-page',
    bodyClass: embedded ? 'connect connect-embedded' : 'connect',
    data: { 'parent-origin': model.parentOrigin, provider: connector.key },
    body: html`${sandboxRibbon(context)}
${!embedded && html`<header class="connect-top"><span class="brand">${brandInside(context.brand)}</span></header>`}
<main class="connect-main">
${model.backHref !== undefined && html`<a class="crumb" href="${model.backHref}">${icon('back')}All connectors</a>`}
<div class="connect-head">${connectorLogo(connector)}<div><h1>${heading}</h1><p>${model.reconnect === undefined ? 'For' : 'The account of'} ${model.ownerName}</p></div></div>
<div class="connect-columns">
<section class="connect-form" id="connect-form" aria-label="Your account">${formView(model, hasGuide)}</section>
${
  hasGuide &&
  html`<aside id="guide" aria-label="Where to find the values">${guideView({
    guide: method.guide ?? { title: '', sections: [] },
    whiteLabel: model.whiteLabel,
    fields: method.configFields,
    linked: true,
    ...(model.scopes === undefined ? {} : { scopes: model.scopes }),
  })}</aside>`
}
</div>
</main>`,
  })
}

function headingOf({ method, connector, reconnect }: ConnectModel): string {
  if (reconnect !== undefined) return `Re-connect ${connector.title}`
  return method.guide?.title ?? `Connect ${connector.title}`
}

function formView(model: ConnectModel, hasGuide: boolean): Html {
  const { method, connector, failure, reconnect, redirects } = model
  const steps = stepOfField(method.guide)
  const label = redirects
    ? `Continue to ${connector.title}`
    : reconnect === undefined
      ? 'Connect'
      : 'Re-connect'
  return html`${failure !== undefined && failureView(failure, model)}
${choiceView('How to connect', model.methods)}
${choiceView('Environment', model.environments)}
${
  model.sandbox &&
  failure === undefined &&
  notice(
    'info',
    'This links a sandbox account',
    html`<p>Use the values that were printed where the hub was started.</p>`,
  )
}
${hasGuide && html`<p class="connect-jump"><a href="#guide">Where do I find these values?</a></p>`}
<form${attributes({ method: 'post', action: model.action, class: 'form', id: 'connect', autocomplete: 'off', 'data-returned': model.returnedHref })}>
<input type="hidden" name="nonce" value="${model.nonce}">
${formNotices(method.configNotices, 'top')}
${method.configFields.map((one) => credentialField(one, model, steps.get(one.key)))}
${formNotices(method.configNotices, 'bottom')}
<div class="form-actions">${button(label, { look: 'primary', more: { class: 'button button-primary button-wide', id: 'submit' } })}</div>
<div class="connect-status"><p class="connect-foot">${icon('lock')}<span>Stored encrypted. Secrets are never shown again.</span></p><div class="progress needs-script" id="progress"><div class="progress-track"></div><p role="status" data-working="Asking ${connector.title} whether the values work…"></p></div></div>
</form>
${method.support !== undefined && supportLine(method.support, 'config')}`
}

function credentialField(one: FieldSummary, model: ConnectModel, stepId: string | undefined): Html {
  const { failure, reconnect, values } = model
  const error = failure?.fields[one.key]
  return definitionField(one, {
    value: values[one.key] ?? one.value ?? '',
    isStored: reconnect?.storedSecrets.includes(one.key) === true,
    ...(error === undefined ? {} : { error }),
    isSuspect: failure?.suspects.includes(one.key) === true,
    ...(stepId === undefined
      ? {}
      : {
          beside: html`<a class="beside" href="#${stepId}" aria-label="Where to find ${one.label}">Where?</a>`,
        }),
  })
}

function failureView(failure: ConnectFailureModel, { method, connector }: ConnectModel): Html {
  const suspects = failure.suspects.flatMap((key) => method.configFields.filter((one) => one.key === key))
  return html`<div id="failure" tabindex="-1" data-code="${failure.code}" data-message="${failure.headline}">${notice(
    'danger',
    failure.headline,
    suspects.length > 0 &&
      html`<p>Look again at ${suspects.map(
        (one, index) =>
          html`${index > 0 && (index === suspects.length - 1 ? ' or ' : ', ')}<a href="#${fieldId(one.key)}">${one.label}</a>`,
      )}.</p>`,
    html`<p>${failure.hint}</p>`,
    failure.providerMessage !== undefined &&
      html`<p>${connector.title} said: “${failure.providerMessage}”</p>`,
  )}</div>`
}

function choiceView(label: string, choices: readonly Choice[]): Html | false {
  return (
    choices.length > 1 &&
    html`<nav class="connect-choice" aria-label="${label}"><p class="faint">${label}</p><div class="choices">${choices.map(
      (choice) =>
        html`<a${attributes({ class: 'choice', href: choice.href, 'aria-current': choice.current ? 'true' : undefined })}>${choice.label}</a>`,
    )}</div></nav>`
  )
}
