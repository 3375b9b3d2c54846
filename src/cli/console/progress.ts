import type { RunEvent } from '../../engine/index.ts'
import type { Console } from './console.ts'

const redrawEveryMs = 100

/** A line on a terminal that tells how far a listing is; nothing where nobody watches. */
export interface Progress {
  see(event: RunEvent): void
  /** Removes the line. */
  done(): Promise<void>
}

/** @param shared - whether rows go to the same terminal meanwhile; a line between them would only disturb */
export function createProgress(console: Console, shared: boolean): Progress {
  const silent = console.json || shared || !console.isTerminal('stderr')
  let rows = 0
  let drawnAt = Number.NEGATIVE_INFINITY

  return {
    see(event) {
      if (silent || event.type !== 'page') return
      rows += event.rows
      if (event.atMs - drawnAt < redrawEveryMs) return
      drawnAt = event.atMs
      const total = event.total === undefined ? '' : ` of ${count(event.total)}`
      void console.printError(`\r\u001b[K${count(rows)}${total} rows, page ${count(event.page)} …`)
    },
    async done() {
      if (drawnAt !== Number.NEGATIVE_INFINITY) await console.printError('\r\u001b[K')
    },
  }
}

function count(number: number): string {
  return number.toLocaleString('en')
}
