import { attributes, type Html, type HtmlValue, html } from '../../../ui/index.ts'
import { brandInside } from './brand-row.ts'
import { type DocumentModel, documentOf } from './document.ts'
import type { PageContext } from './page-context.ts'
import { sandboxRibbon } from './sandbox-ribbon.ts'

export interface MiddlePageModel extends Pick<DocumentModel, 'title' | 'data' | 'refresh'> {
  readonly script?: DocumentModel['script']
  readonly wide?: boolean
  readonly content: HtmlValue
}

/** One card in the middle of the page: signing in, an error, a confirmation. */
export function middlePage(context: PageContext, model: MiddlePageModel): Html {
  const { title, data, refresh, script = 'dashboard', wide = false, content } = model
  return documentOf(context, {
    title,
    script,
    bodyClass: 'middle',
    ...(data === undefined ? {} : { data }),
    ...(refresh === undefined ? {} : { refresh }),
    body: html`${sandboxRibbon(context)}<main class="middle-main"><div${attributes({ class: wide ? 'middle-card middle-wide' : 'middle-card' })}>
<div class="brand-row">${brandInside(context.brand)}</div>
${content}
</div></main>`,
  })
}
