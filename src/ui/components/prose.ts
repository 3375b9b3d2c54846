import { type Html, html } from '../markup/index.ts'

/** `code`, **strong words**, and [a link](https://example.com): the parts of Markdown that stand within a line. */
const parts =
  /`([^`\n]+)`|\*\*(\S(?:[^*\n]*\S)?)\*\*|\[([^\][\n]+)\]\((https:\/\/[^\s()]+|mailto:[^\s()]+)\)/g

/** A text of a definition, with the marks of Markdown that stand within a line; any other mark is shown as it is. */
export function prose(text: string): readonly Html[] {
  const shown: Html[] = []
  let from = 0
  for (const match of text.matchAll(parts)) {
    const [whole, code, strong, label, address] = match
    if (match.index > from) shown.push(html`${text.slice(from, match.index)}`)
    if (code !== undefined) shown.push(html`<code>${code}</code>`)
    else if (strong !== undefined) shown.push(html`<strong>${strong}</strong>`)
    else shown.push(html`<a href="${address}" rel="noreferrer" target="_blank">${label}</a>`)
    from = match.index + whole.length
  }
  if (from < text.length) shown.push(html`${text.slice(from)}`)
  return shown
}
