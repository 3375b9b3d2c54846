import { brandMark, type Html, html } from '../../../ui/index.ts'
import type { Brand } from './page-context.ts'

/** The hub's logo and name. */
export function brandInside({ name, logoUrl }: Brand): Html {
  const logo = logoUrl === undefined ? brandMark() : html`<img class="brand-logo" src="${logoUrl}" alt="">`
  return html`${logo}<span class="brand-name">${name}</span>`
}
