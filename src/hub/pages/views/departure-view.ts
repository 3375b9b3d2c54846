import { type Html, html, linkButton } from '../../../ui/index.ts'
import { middlePage, type PageContext } from '../layout/index.ts'

/** On the way to the provider's own page. A redirect would do, but browsers hold forms to the policy for forms. */
export function departureView(
  context: PageContext,
  { title, url }: { readonly title: string; readonly url: string },
): Html {
  return middlePage(context, {
    title: `Going to ${title}`,
    script: 'connect-page',
    refresh: { seconds: 0, href: url },
    content: html`<h1>Going to ${title}</h1>
<p>You will be asked to allow the access there, and come back here.</p>
<div class="form-actions">${linkButton('Go now', url, { look: 'primary', more: { id: 'continue' } })}</div>`,
  })
}

/** The last page of a window that an embedded form has opened: the script tells the form, and closes the window. */
export function popupView(context: PageContext, attemptId: string): Html {
  return middlePage(context, {
    title: 'Back from the provider',
    script: 'connect-page',
    data: { attempt: attemptId },
    content: html`<h1>You are back</h1>
<p>You can close this window; the page you came from goes on.</p>`,
  })
}
