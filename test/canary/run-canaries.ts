import { type Board, emptyBoard } from '../chaos/board.ts'
import { type CanarySearch, createCanarySearch, type Leak } from './canary-search.ts'
import { driveEngine, type EngineCount } from './drive-engine.ts'
import { startEchoProvider } from './echo-provider.ts'
import { schemeSubjects, shippedSubjects } from './subjects.ts'

/** What came of one subject. */
export interface CanaryRow extends EngineCount {
  readonly name: string
  readonly actions: number
  readonly bytes: number
  readonly leaks: readonly Leak[]
}

/** Drives every action of every connector, and every scheme that none of them has, against every failure. */
export async function runCanaries(onRow?: (row: CanaryRow) => void): Promise<CanaryRow[]> {
  const subjects = [...(await shippedSubjects()), ...(await schemeSubjects('https://api.example.com'))]
  const rows: CanaryRow[] = []
  for (const subject of subjects) {
    const provider = await startEchoProvider(subject.plan, Object.values(subject.secrets))
    const search = createCanarySearch(subject.secrets)
    try {
      const count = await driveEngine(subject, provider, search)
      const { name, plan } = subject
      const row = {
        ...count,
        name,
        actions: plan.actions.length,
        bytes: bytesOf(search),
        leaks: search.leaks,
      }
      onRow?.(row)
      rows.push(row)
    } finally {
      await provider.close()
    }
  }
  return rows
}

/** Bytes of a secret that were found are counted as often as they were found. */
export function boardOfCanaries(rows: readonly CanaryRow[]): Board {
  const board = emptyBoard()
  for (const { calls, uncoded, codes, leaks } of rows) {
    board.calls += calls
    board.uncoded += uncoded
    board.outcomesUnknown += codes['write/outcome-unknown'] ?? 0
    board.canaryBytes += leaks.reduce((sum, { bytes }) => sum + bytes, 0)
  }
  return board
}

function bytesOf({ bytes }: CanarySearch): number {
  return Object.values(bytes).reduce((sum, count) => sum + count, 0)
}
