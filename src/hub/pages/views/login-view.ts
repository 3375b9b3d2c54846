import { type Html, html, notice } from '../../../ui/index.ts'
import { middlePage, type PageContext } from '../layout/index.ts'

export interface LoginModel {
  /** The link was used already, or is too old. */
  readonly refused: boolean
}

/** Signing in to the dashboard goes by a one-time link: this page is for whoever comes without a good one. */
export function loginView(context: PageContext, { refused }: LoginModel): Html {
  return middlePage(context, {
    title: 'Sign in',
    content: html`<h1>Sign in</h1>
<p>The dashboard opens with a one-time link. It was printed where the hub was started.</p>
${refused && notice('danger', 'This link is not valid any more', html`<p>Each link signs in once, within an hour.</p>`)}
<p class="soft">Starting the hub again prints a new one:</p>
<div class="copy-block"><code>npx mainspring start</code></div>`,
  })
}
