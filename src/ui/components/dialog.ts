import { type Html, type HtmlValue, html } from '../markup/index.ts'
import { icon } from './icon.ts'

/**
 * A question or confirmation in front of the page. A link to the same question as a page of its own opens it: the
 * script turns `data-dialog="<id>"` links into openers, and without scripts the link is followed.
 */
export function dialog(id: string, title: string, ...content: readonly HtmlValue[]): Html {
  return html`<dialog id="${id}" class="dialog" aria-labelledby="${id}-title">
  <form method="dialog" class="dialog-close"><button class="icon-button" aria-label="Close">${icon('cross')}</button></form>
  <h2 id="${id}-title" class="dialog-title">${title}</h2>
  ${content}
</dialog>`
}
