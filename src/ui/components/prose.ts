import { type Html, html } from '../markup/index.ts'

/** A text of a definition: what stands between backticks is shown as code. */
export function prose(text: string): readonly Html[] {
  return text
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))
}
