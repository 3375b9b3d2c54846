import { type Html, html, linkButton } from '../../../ui/index.ts'
import { middlePage, type PageContext } from '../layout/index.ts'

export interface ErrorModel {
  readonly status: number
  readonly title: string
  /** What happened and what to do. */
  readonly text: string
  /** Stable code of the error, for a report. */
  readonly code?: string
  readonly requestId?: string
  readonly action?: { readonly label: string; readonly href: string }
  /** In a frame of this origin's page, which is told. */
  readonly parentOrigin?: string
}

/** A page in the place of one that cannot be shown. */
export function errorView(context: PageContext, model: ErrorModel): Html {
  const { status, title, text, code, requestId, action, parentOrigin } = model
  return middlePage(context, {
    title,
    ...(parentOrigin === undefined
      ? {}
      : {
          script: 'connect-page',
          data: { 'parent-origin': parentOrigin, failure: code ?? 'hub/internal', message: title },
        }),
    content: html`<p class="error-code">${status}</p>
<h1>${title}</h1>
<p>${text}</p>
${action !== undefined && html`<div class="form-actions">${linkButton(action.label, action.href, { look: 'primary' })}</div>`}
${(code !== undefined || requestId !== undefined) && html`<hr><p class="faint">${code !== undefined && html`<code>${code}</code>`}${requestId !== undefined && html` · request <code>${requestId}</code>`}</p>`}`,
  })
}
