import fc from 'fast-check'
import { addBoard, type Board, emptyBoard, faultsOf } from './board.ts'
import { compileChaosConnector } from './simulation/connector.ts'
import { schedules } from './simulation/schedule.ts'
import { simulate } from './simulation/simulate.ts'
import type { Tampering } from './simulation/tampering.ts'

export interface SimulationResult {
  readonly board: Board
  /** A failing schedule, made as small as possible, with what gives it again; undefined where there is none. */
  readonly counterexample?: string
}

export interface SimulationOptions {
  readonly onProgress?: (played: number) => void
  readonly tampering?: Tampering
  /** A failing schedule is given as it is, not made smaller. */
  readonly asItIs?: boolean
}

/** Plays many schedules, and makes the first one that fails smaller. */
export async function runSimulation(
  count: number,
  seed: number,
  { onProgress = () => {}, tampering, asItIs = false }: SimulationOptions = {},
): Promise<SimulationResult> {
  const plan = await compileChaosConnector({ budgets: tampering !== 'no-budget' })
  const board = emptyBoard()
  let played = 0
  const details = await fc.check(
    fc.asyncProperty(schedules, async (schedule) => {
      const one = await simulate(plan, schedule, tampering)
      if (played < count) addBoard(board, one)
      played += 1
      onProgress(played)
      const faults = faultsOf(one)
      if (Object.keys(faults).length > 0) throw new Error(JSON.stringify(faults))
    }),
    { numRuns: count, seed, endOnFailure: asItIs },
  )
  if (!details.failed) return { board }
  const { counterexample, counterexamplePath, errorInstance } = details
  return {
    board,
    counterexample: `seed ${seed}, path ${counterexamplePath}: ${String(errorInstance)}\n${JSON.stringify(counterexample?.[0], null, 1)}`,
  }
}
