import { describe, expect, test } from '@jest/globals'
import { faultsOf } from './board.ts'
import { runSimulation } from './run-simulation.ts'

describe('simulated bad days (npm run chaos plays 10,000)', () => {
  test('over 150 schedules nothing is doubled, lost, stale or leaked, and plenty happens', async () => {
    const { board, counterexample } = await runSimulation(150, 20_261_125)
    expect(counterexample).toBeUndefined()
    expect(faultsOf(board)).toEqual({})
    expect(board.writesSent).toBeGreaterThan(100)
    expect(board.outcomesUnknown).toBeGreaterThan(20)
    expect(board.refreshes).toBeGreaterThan(100)
    for (const column of ['found', 'sentAgain', 'notModified', 'circuitsOpened', 'aborted'] as const)
      expect([column, board[column] > 0]).toEqual([column, true])
  })

  test('the same seed gives the same board', async () => {
    const [one, other] = [await runSimulation(20, 7), await runSimulation(20, 7)]
    expect(one).toEqual(other)
  })

  test.each([
    ['writes-look-unsent', 'doubled|lost'],
    ['nothing-recorded', 'tokensLost'],
    ['no-lease', 'refreshesTooMany'],
    ['no-budget', 'callsOverBudget'],
    ['row-dropped', 'rowsMissing'],
    ['new-keys', 'doubled'],
    ['blind-look', 'doubled'],
    ['never-changed', 'staleReads'],
    ['circuit-ignored', 'callsThroughOpenCircuit'],
    ['abort-ignored', 'heldAfterAbort'],
    ['place-kept', 'leftBehind'],
  ] as const)('without a guard (%s) it is noticed: %s', async (tampering, column) => {
    const { counterexample } = await runSimulation(600, 1, { tampering, asItIs: true })
    expect(counterexample).toMatch(new RegExp(`"(${column})":`))
  })
})
