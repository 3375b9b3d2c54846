import { type Html, html } from '../markup/index.ts'
import { icon } from './icon.ts'

/** A value to take away: readable and selectable everywhere, with one click where scripts run. */
export function copyValue(value: string, name: string): Html {
  return html`<span class="copy-value"><code>${value}</code><button type="button" class="copy-button needs-script" data-copy="${value}" aria-label="Copy ${name}">${icon('copy')}</button></span>`
}
