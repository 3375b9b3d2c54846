import { type Html, html } from '../markup/index.ts'

/** Mainspring's own mark: a coiled spring. */
export function brandMark(): Html {
  return html`<svg class="brand-mark" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true" focusable="false"><path d="M12 12.5a1 1 0 0 0 1-1.3c-.4-1.4-3.8-1.2-4 1.3-.2 2.8 2 4.3 4.2 4 3.2-.4 4.6-3.3 4.2-6C16.9 7 14 5.1 10.7 5.7 6.6 6.4 4.3 10 5 14c.7 3.7 3.7 6 7.4 6 1.9 0 3.6-.6 5-1.7"/></svg>`
}

/** A connector's logo: its own icon where the definition holds one as data, else its first letters on a colour. */
export function connectorLogo(connector: {
  readonly key: string
  readonly title: string
  readonly icon?: string
}): Html {
  const { icon } = connector
  if (icon?.startsWith('data:image/') === true)
    return html`<img class="logo" src="${icon}" alt="" width="40" height="40">`
  const letters = lettersOf(connector.title)
  return html`<svg class="logo" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true" focusable="false"><rect width="40" height="40" rx="9" fill="${colourOf(connector.key)}"/><text x="20" y="20" dy=".35em" text-anchor="middle" font-size="15" font-weight="650" fill="#fff">${letters}</text></svg>`
}

function lettersOf(title: string): string {
  const words = title.match(/[\p{L}\p{N}]+/gu) ?? ['?']
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase()
}

/** Dark enough for white letters, the same for the same key. */
const colours = [
  '#3b5bdb',
  '#0b7285',
  '#2b6e3f',
  '#8a4b08',
  '#a61e4d',
  '#6741d9',
  '#364fc7',
  '#5c5f66',
] as const

function colourOf(key: string): string {
  let sum = 0
  for (const character of key) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521
  return colours[sum % colours.length] ?? colours[0]
}
