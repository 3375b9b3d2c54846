import { attributes, type Html, html } from '../markup/index.ts'

/** One thing that took time. */
export interface WaterfallBar {
  readonly label: string
  readonly startMs: number
  readonly durationMs: number
  readonly failed?: boolean
}

const width = 1000
const least = 6

/** When each request of a run was under way. The numbers stand beside the bars, so that nobody has to measure. */
export function waterfall(bars: readonly WaterfallBar[], totalMs: number): Html | false {
  if (bars.length === 0) return false
  const scale = width / Math.max(totalMs, ...bars.map((bar) => bar.startMs + bar.durationMs), 1)
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label="Timing"><table class="table waterfall"><thead><tr><th scope="col">Request</th><th scope="col" class="waterfall-track">When</th><th scope="col" class="cell-end">Took</th></tr></thead><tbody>${bars.map(
    (bar) =>
      html`<tr><td><code>${bar.label}</code></td><td class="waterfall-track">${rectangle(bar, scale)}</td><td class="cell-end cell-nowrap">${Math.round(bar.durationMs)} ms</td></tr>`,
  )}</tbody></table></div>`
}

/** Positions as attributes: the content policy lets no style stand in a page. */
function rectangle({ startMs, durationMs, failed = false }: WaterfallBar, scale: number): Html {
  const x = Math.min(startMs * scale, width - least).toFixed(1)
  const length = Math.max(durationMs * scale, least).toFixed(1)
  return html`<svg viewBox="0 0 ${width} 12" width="100%" height="12" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect${attributes({ class: failed ? 'bar-failed' : 'bar-done', x, y: 1, width: length, height: 10, rx: 3 })}/></svg>`
}
