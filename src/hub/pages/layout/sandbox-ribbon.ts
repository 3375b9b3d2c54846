import { type Html, html, icon } from '../../../ui/index.ts'
import type { PageContext } from './page-context.ts'

/** Said on every page of a hub that has a sandbox. */
export function sandboxRibbon({ sandboxes }: PageContext): Html | false {
  return (
    sandboxes.length > 0 &&
    html`<aside class="ribbon" aria-label="Sandbox">${icon('info')}<span><strong>Sandbox.</strong> ${sandboxes.join(', ')} ${sandboxes.length === 1 ? 'points' : 'point'} at a sandbox here: what is linked is a test account.</span></aside>`
  )
}
