import { attributes, type Html, html } from '../markup/index.ts'

/** A choice among the filters of a list; pairs of value and text, the chosen value. */
export function filterSelect(
  name: string,
  label: string,
  options: readonly (readonly string[])[],
  value: string,
): Html {
  return html`<select class="control" name="${name}" aria-label="${label}">${options.map(
    ([key = '', text = '']) =>
      html`<option${attributes({ value: key, selected: key === value })}>${text}</option>`,
  )}</select>`
}
