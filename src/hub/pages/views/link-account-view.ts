import {
  attributes,
  button,
  codeBlock,
  copyValue,
  field,
  type Html,
  type HtmlValue,
  html,
  icon,
  linkButton,
  notice,
} from '../../../ui/index.ts'
import { type DashboardContext, dashboardPage } from '../layout/index.ts'
import { csrfField } from './csrf-field.ts'

/** The three ways to link an account. */
export type LinkWay = 'here' | 'invite' | 'embed'

export interface LinkAccountModel {
  readonly connectors: readonly { readonly key: string; readonly title: string }[]
  /** What was typed before, or a proposal. */
  readonly values: {
    readonly provider: string
    readonly ownerId: string
    readonly ownerName: string
    readonly label: string
  }
  readonly errors: Readonly<Record<string, string>>
}

const ways = [
  { way: 'here', label: 'Link it here', href: '/accounts/link' },
  { way: 'invite', label: 'Auth link', href: '/accounts/link/invite' },
  { way: 'embed', label: 'Embed', href: '/accounts/link/embed' },
] as const

function page(context: DashboardContext, current: LinkWay, content: HtmlValue): Html {
  return dashboardPage(context, {
    title: 'Link an account',
    place: 'accounts',
    narrow: true,
    content: html`<a class="crumb" href="/accounts">${icon('back')}Accounts</a>
<header class="page-head"><div class="page-head-text"><h1>Link an account</h1></div></header>
<nav class="tabs" aria-label="Ways to link">${ways.map(
      ({ way, label, href }) =>
        html`<a${attributes({ class: 'tab', href, 'aria-current': way === current ? 'page' : undefined })}>${label}</a>`,
    )}</nav>
${content}`,
  })
}

/** From the dashboard, by somebody who has the credentials at hand. */
export function linkHereView(context: DashboardContext, model: LinkAccountModel): Html {
  return page(
    context,
    'here',
    html`<p class="soft intro">You have the credentials at hand. Say whose account it is; the form of the connector comes next.</p>
<form class="card" method="post" action="/accounts/link">${ownerFields(context, model)}<div class="card-foot">${button('Continue', { look: 'primary' })}</div></form>`,
  )
}

/** By a link that the person who has the credentials opens. */
export function inviteView(context: DashboardContext, model: LinkAccountModel): Html {
  return page(
    context,
    'invite',
    html`<p class="soft intro">Somebody else has the credentials. Send them a link: it opens the form for this one owner, and nothing else.</p>
<form class="card" method="post" action="/accounts/link/invite">${ownerFields(context, model)}<div class="card-foot">${button('Create the link', { look: 'primary' })}</div></form>`,
  )
}

function ownerFields(context: DashboardContext, { connectors, values, errors }: LinkAccountModel): Html {
  const errorOf = (name: string) => (errors[name] === undefined ? {} : { error: errors[name] })
  return html`<div class="card-body form">${csrfField(context)}
${field({ id: 'provider', name: 'provider', label: 'Connector', type: 'select', required: true, value: values.provider, options: connectors.map(({ key, title }) => ({ value: key, label: title })), ...errorOf('provider') })}
${field({ id: 'owner-name', name: 'ownerName', label: 'Owner’s name', type: 'text', required: true, value: values.ownerName, placeholder: 'Acme Talent', description: 'Your customer, as people know it.', more: { maxlength: '200' }, ...errorOf('ownerName') })}
${field({ id: 'owner-id', name: 'ownerId', label: 'Owner’s id', type: 'text', required: true, value: values.ownerId, placeholder: 'customer-42', description: 'Your own id of the customer. Linking the same owner again brings the account up to date.', more: { maxlength: '200' }, ...errorOf('ownerId') })}
${field({ id: 'label', name: 'label', label: 'Label', type: 'text', value: values.label, placeholder: 'Recruiting, Berlin', description: 'Helps to tell accounts apart.', more: { maxlength: '120' }, ...errorOf('label') })}
</div>`
}

export interface AuthLinkModel {
  readonly url: string
  readonly ownerName: string
  readonly connectorTitle: string
  readonly hubName: string
  readonly validFor: string
}

/** A fresh auth link: to copy, or to send by e-mail. It is shown this once. */
export function authLinkView(context: DashboardContext, model: AuthLinkModel): Html {
  const subject = `Connect ${model.connectorTitle} to ${model.hubName}`
  const text = `Hello,\n\nplease connect ${model.connectorTitle} for ${model.ownerName}:\n${model.url}\n\nThe link is for you alone and is good for ${model.validFor}.\n`
  return page(
    context,
    'invite',
    html`<div class="card"><div class="card-head"><div><h2>Link for ${model.ownerName}</h2><p>Opens the form of ${model.connectorTitle}. Good for ${model.validFor}, for this owner alone.</p></div></div>
<div class="card-body"><div class="copy-block">${copyValue(model.url, 'the auth link')}</div>
<div class="form-actions">${linkButton('Send by e-mail', `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`, { icon: 'mail' })}${linkButton('Create another', '/accounts/link/invite', { look: 'quiet' })}</div>
${notice('info', 'Copy it now', html`<p>The hub keeps only a fingerprint of the link, so it cannot show it again.</p>`)}</div></div>`,
  )
}

export interface EmbedModel {
  readonly baseUrl: string
  readonly allowedOrigins: readonly string[]
}

/** In the customer's own product. */
export function embedView(context: DashboardContext, { baseUrl, allowedOrigins }: EmbedModel): Html {
  const session = `curl -u "$MAINSPRING_API_KEY:" ${baseUrl}/connect_sessions \\\n  -H 'Content-Type: application/json' \\\n  -d '{"origin_owner_id": "customer-42", "origin_owner_name": "Acme Talent"}'`
  const element = `<script type="module" src="${baseUrl}/connect.js"></script>\n\n<mainspring-connect token="…"></mainspring-connect>`
  const events = `const connect = document.querySelector('mainspring-connect')\n\nconnect.addEventListener('success', ({ detail }) => console.log(detail.id, detail.provider))\nconnect.addEventListener('error', ({ detail }) => console.log(detail.code, detail.message))\nconnect.addEventListener('close', () => connect.remove())`
  return page(
    context,
    'embed',
    html`<p class="soft intro">Your customers link accounts without leaving your product. Three steps, no dependency.</p>
<ol class="card walk">
<li><h2>Your server opens a connect session</h2><p>With an API key, for the customer who is signed in. It answers with a token that is good for half an hour.</p>${codeBlock(session, 'the request')}</li>
<li><h2>Your page shows the form</h2><p>Hand the token to the page. The script is one small file.</p>${codeBlock(element, 'the markup')}</li>
<li><h2>Your page hears what happened</h2><p>Only pages of allowed origins may show the form.</p>${codeBlock(events, 'the script')}
${
  allowedOrigins.length === 0
    ? notice(
        'warning',
        'No origin is allowed yet',
        html`<p>Add the address of your product first.</p>`,
        linkButton('Allowed origins', '/settings/origins', { small: true }),
      )
    : html`<p class="faint">Allowed now: ${allowedOrigins.map((origin, index) => html`${index > 0 && ', '}<code>${origin}</code>`)} · <a href="/settings/origins">change</a></p>`
}</li>
</ol>`,
  )
}
