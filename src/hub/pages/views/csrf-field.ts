import { type Html, html } from '../../../ui/index.ts'
import type { DashboardContext } from '../layout/index.ts'

/** Proves that a form comes from a page of ours. */
export function csrfField({ csrfToken }: Pick<DashboardContext, 'csrfToken'>): Html {
  return html`<input type="hidden" name="csrf" value="${csrfToken}">`
}
