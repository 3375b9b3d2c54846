import { attributes, type Html, html } from '../markup/index.ts'
import { type IconName, icon } from './icon.ts'

export interface ButtonLook {
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger'
  readonly icon?: IconName
  readonly small?: boolean
  readonly more?: Readonly<Record<string, string | boolean | undefined>>
}

/** A button of a form: it submits unless `more` says `type: 'button'`. */
export function button(label: string, look: ButtonLook = {}): Html {
  return html`<button${attributes({ type: 'submit', class: classOf(look), ...look.more })}>${inside(label, look)}</button>`
}

/** A link that looks like a button: for going somewhere, never for changing something. */
export function linkButton(label: string, href: string, look: ButtonLook = {}): Html {
  return html`<a${attributes({ href, class: classOf(look), ...look.more })}>${inside(label, look)}</a>`
}

function inside(label: string, look: ButtonLook): Html {
  return html`${look.icon !== undefined && icon(look.icon)}<span class="button-label">${label}</span>`
}

function classOf({ look = 'plain', small = false }: ButtonLook): string {
  return `button button-${look}${small ? ' button-small' : ''}`
}
