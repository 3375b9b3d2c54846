import { type Html, type HtmlValue, html } from '../markup/index.ts'
import { type IconName, icon } from './icon.ts'

/** What stands where a list would: why it is empty, and the next thing to do. */
export function emptyState(
  name: IconName,
  title: string,
  text: string,
  ...actions: readonly HtmlValue[]
): Html {
  return html`<div class="empty">
  <span class="empty-icon">${icon(name)}</span>
  <h2 class="empty-title">${title}</h2>
  <p class="empty-text">${text}</p>
  ${actions.length > 0 && html`<div class="empty-actions">${actions}</div>`}
</div>`
}
