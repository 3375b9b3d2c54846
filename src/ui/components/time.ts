import { type Html, html } from '../markup/index.ts'

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' })
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** A moment in words: near ones by their distance from now, others by their day; the exact time (UTC) on hover. */
export function time(iso: string, now: Date): Html {
  const moment = new Date(iso)
  return html`<time datetime="${moment.toISOString()}" title="${exact.format(moment)} UTC">${inWords(moment, now)}</time>`
}

/** The exact moment, in UTC. */
export function exactTime(iso: string): Html {
  const moment = new Date(iso)
  return html`<time datetime="${moment.toISOString()}">${exact.format(moment)} UTC</time>`
}

function inWords(moment: Date, now: Date): string {
  const seconds = Math.round((moment.getTime() - now.getTime()) / 1000)
  const distance = Math.abs(seconds)
  if (distance < 45) return seconds > 0 ? 'in a moment' : 'just now'
  if (distance < 45 * 60) return relative.format(Math.trunc(seconds / 60) || Math.sign(seconds), 'minute')
  if (distance < 22 * 3600) return relative.format(Math.round(seconds / 3600), 'hour')
  if (distance < 6.5 * 86_400) return relative.format(Math.round(seconds / 86_400), 'day')
  return day.format(moment)
}
