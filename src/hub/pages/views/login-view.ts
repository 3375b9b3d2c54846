import { button, notice } from '../components/index.ts'
import { type Html, html } from '../html/index.ts'
import { middlePage, type PageContext } from '../layout/index.ts'

export interface LoginModel {
  /** Of the one-time link; left out on the bare page. */
  readonly token?: string
  /** The link was used already, or is too old. */
  readonly refused?: boolean
}

/** Signing in to the dashboard with a one-time link. Following the link alone does not use it up: a mail scanner would. */
export function loginView(context: PageContext, { token, refused = false }: LoginModel): Html {
  return middlePage(context, {
    title: 'Sign in',
    content: html`<h1>Sign in</h1>
${
  token === undefined
    ? html`<p>The dashboard opens with a one-time link. It was printed where the hub was started.</p>
${refused && notice('danger', 'This link is not valid any more', html`<p>Each link signs in once, within an hour.</p>`)}
<h2 class="visually-hidden">Get a new link</h2>
<p class="soft">Start the hub again to get a new link, or run:</p>
<div class="copy-block"><code>npx mainspring start</code></div>`
    : html`<p>You are about to open the dashboard in this browser.</p>
<form method="post" action="/login"><input type="hidden" name="token" value="${token}"><div class="form-actions">${button('Open the dashboard', { look: 'primary', more: { class: 'button button-primary button-wide', autofocus: true } })}</div></form>`
}`,
  })
}
