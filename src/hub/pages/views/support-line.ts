import { type Html, html, prose } from '../../../ui/index.ts'

/** Where to find help with a way to authenticate. */
export interface Support {
  readonly link?: string
  readonly description?: string
  readonly guides?: { readonly config?: string; readonly setup?: string }
}

/** Where people find help with a form; undefined where the definition says nothing for this reader. */
export function supportLine(
  { link, description, guides }: Support,
  reader: 'config' | 'setup',
): Html | false {
  const guide = guides?.[reader]
  if (link === undefined && description === undefined && guide === undefined) return false
  return html`<p class="connect-help">${description !== undefined && prose(description)}${guide !== undefined && guideOf(guide)}${link !== undefined && isAddress(link) && html` ${linkTo(link, 'Get help')}`}</p>`
}

/** An address or a text. */
function guideOf(guide: string): Html {
  return isAddress(guide) ? html` ${linkTo(guide, 'Read the guide')}` : html` ${prose(guide)}`
}

function isAddress(text: string): boolean {
  return /^(?:https?:|mailto:)\S+$/i.test(text.trim())
}

function linkTo(address: string, label: string): Html {
  return html`<a href="${address.trim()}" rel="noreferrer" target="_blank">${label}</a>`
}
