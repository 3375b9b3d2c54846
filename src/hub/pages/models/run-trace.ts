import type { WaterfallBar } from '../../../ui/index.ts'
import type { LoggedEvent } from '../../store/index.ts'

/** The requests of a run as bars: each begins when it was sent and ends with its answer. */
export function requestBars(events: readonly LoggedEvent[]): readonly WaterfallBar[] {
  return events.flatMap((event) => {
    if (event.type !== 'response') return []
    const durationMs = typeof event['durationMs'] === 'number' ? event['durationMs'] : 0
    const status = typeof event['status'] === 'number' ? event['status'] : 0
    return [
      {
        label: `${event['method']} ${event['urlTemplate']} → ${status}`,
        startMs: Math.max(0, event.atMs - durationMs),
        durationMs,
        failed: status >= 400,
      },
    ]
  })
}

/** What happened, a line an event. */
export function eventLines(events: readonly LoggedEvent[]): readonly string[] {
  return events.map((event) => {
    const text = (key: string) => (event[key] === undefined ? '' : String(event[key]))
    const at = `${event.atMs.toFixed(0).padStart(6)} ms  `
    switch (event.type) {
      case 'request':
        return `${at}→ ${text('method')} ${text('url') || text('urlTemplate')}${attempt(event)}`
      case 'response':
        return `${at}← ${text('status')}, ${text('bodyBytes')} bytes in ${Math.round(Number(event['durationMs']))} ms`
      case 'retry':
        return `${at}↻ again in ${text('delayMs')} ms: ${text('why')}`
      case 'redirect':
        return `${at}↪ ${text('status')}${event['to'] === undefined ? '' : ` to ${text('to')}`}`
      case 'page':
        return `${at}page ${text('page')}: ${text('rows')} rows`
      case 'step-started':
        return `${at}step ${text('step')} (${text('functionName')})`
      case 'step-finished':
        return `${at}step ${text('step')} ${event['successful'] === true ? 'done' : 'failed'}`
      case 'run-failed':
        return `${at}failed: ${text('code')}`
      default:
        return `${at}${event.type.replaceAll('-', ' ')}${event['step'] === undefined ? '' : ` ${text('step')}`}`
    }
  })
}

function attempt(event: LoggedEvent): string {
  return Number(event['attempt'] ?? 1) > 1 ? ` (attempt ${event['attempt']})` : ''
}
