import { type Html, html } from '../markup/index.ts'
import { icon } from './icon.ts'

export interface PagerModel {
  /** Rows on this page are `first` to `last` of `total`, counted from 1. */
  readonly first: number
  readonly last: number
  readonly total: number
  readonly noun: string
  readonly previousHref?: string
  readonly nextHref?: string
}

const number = new Intl.NumberFormat('en')

export function pager(model: PagerModel): Html {
  const { first, last, total, noun, previousHref, nextHref } = model
  const range =
    total === 0
      ? `No ${noun}`
      : `${number.format(first)}–${number.format(last)} of ${number.format(total)} ${noun}`
  const isOne = previousHref === undefined && nextHref === undefined
  return html`<nav class="pager" aria-label="Pages"><p>${range}</p>${isOne ? false : [step('Previous', 'back', previousHref), step('Next', 'next', nextHref)]}</nav>`
}

function step(label: string, name: 'back' | 'next', href: string | undefined): Html {
  return href === undefined
    ? html`<span class="button button-plain button-small is-off" aria-hidden="true">${icon(name)}<span class="button-label">${label}</span></span>`
    : html`<a class="button button-plain button-small" href="${href}" rel="${name === 'back' ? 'prev' : 'next'}">${icon(name)}<span class="button-label">${label}</span></a>`
}
