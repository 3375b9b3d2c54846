import type { RunEvent } from '../../engine/index.ts'
import type { Console } from './console.ts'
import { visibleText } from './visible-text.ts'

/** Tells what happens on standard error: a line an event with `--json`, otherwise for a person. */
export function traceEvent(console: Console, event: RunEvent): void {
  if (console.json) void console.report(event)
  else void console.printError(`${linesOf(console, event).join('\n')}\n`)
}

function linesOf(console: Console, event: RunEvent): readonly string[] {
  const at = console.style('dim', `${Math.round(event.atMs)} ms`.padStart(9), 'stderr')
  const [first = '', ...more] = sentencesOf(event).map(visibleText)
  return [`${at}  ${first}`, ...more.map((line) => `${' '.repeat(13)}${line}`)]
}

function sentencesOf(event: RunEvent): readonly string[] {
  switch (event.type) {
    case 'run-started':
      return [`${event.action} started`]
    case 'credentials-renewed':
      return [`credentials renewed: ${renewalWords[event.reason]}`]
    case 'step-started':
      return [`step ${event.step} (${event.functionName})`]
    case 'step-skipped':
      return [`step ${event.step} skipped: its condition is not met`]
    case 'http':
      return httpSentences(event.event)
    case 'circuit':
      return [
        event.state === 'closed'
          ? `circuit of ${event.host} closed: it works again`
          : `circuit of ${event.host} opened: it is left alone for ${Math.round(event.retryAfterMs ?? 0)} ms`,
      ]
    case 'answer-reused':
      return ['answer kept from an earlier call; nothing was sent']
    case 'answer-unchanged':
      return ['nothing changed since an earlier answer, which is given again']
    case 'write-looked-up':
      return [
        `the answer of the write was lost; a look at the provider: ${lookWords[event.found]}${event.sentAgain ? ', so it is sent again' : ''}`,
      ]
    case 'page':
      return [
        `page ${event.page}: ${countOf(event.rows, 'row')}${event.total === undefined ? '' : ` of ${event.total}`}`,
      ]
    case 'event':
      return [`event of step ${event.step}: ${String(event.event['eventType'])}`]
    case 'step-finished':
      return [
        `step ${event.step} ${event.successful ? 'done' : 'failed'} in ${Math.round(event.durationMs)} ms`,
      ]
    case 'run-finished':
      return [`done in ${Math.round(event.durationMs)} ms, ${countOf(event.requests, 'request')}`]
    case 'run-failed':
      return [`failed in ${Math.round(event.durationMs)} ms: ${event.code}`]
  }
}

const lookWords = {
  found: 'it happened',
  absent: 'no such record',
  unclear: 'nothing is proven',
} as const

const renewalWords = {
  missing: 'there was no token',
  expiring: 'the token was about to end',
  rejected: 'the provider refused the token',
} as const

const waitWords = {
  rate: 'the budget of requests',
  pause: 'the provider had asked to slow down',
  concurrency: 'other requests of the account',
  total: 'other requests',
} as const

type HttpEvent = Extract<RunEvent, { type: 'http' }>['event']

function httpSentences(event: HttpEvent): readonly string[] {
  switch (event.type) {
    case 'request':
      return [`→ ${event.method} ${event.url}${attemptText(event.attempt)}`, ...headerLines(event.headers)]
    case 'response':
      return [
        `← ${event.status}, ${event.bodyBytes} bytes in ${Math.round(event.durationMs)} ms`,
        ...headerLines(event.headers),
      ]
    case 'waited':
      return [`⧖ waited ${Math.round(event.delayMs)} ms for its turn: ${waitWords[event.reason]}`]
    case 'retry':
      return [`↻ again in ${Math.round(event.delayMs)} ms: ${event.why}`]
    case 'redirect':
      return [`↪ ${event.status} to ${event.to}`]
  }
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function attemptText(attempt: number): string {
  return attempt === 1 ? '' : ` (attempt ${attempt})`
}

function headerLines(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
}
