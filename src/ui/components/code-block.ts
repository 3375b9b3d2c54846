import { type Html, html } from '../markup/index.ts'
import { icon } from './icon.ts'

/** Several lines to read or take away. @param name - what it is, for screen readers */
export function codeBlock(text: string, name: string): Html {
  return html`<div class="code"><pre tabindex="0" aria-label="${name}"><code>${text}</code></pre><button type="button" class="copy-button needs-script" data-copy="${text}" aria-label="Copy ${name}">${icon('copy')}</button></div>`
}
