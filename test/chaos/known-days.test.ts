import { expect, test } from '@jest/globals'
import { faultsOf } from './board.ts'
import { compileChaosConnector } from './simulation/connector.ts'
import type { Schedule, ScheduledCall } from './simulation/schedule.ts'
import { simulate } from './simulation/simulate.ts'

const call = (
  kind: ScheduledCall['kind'],
  at = 0,
  abortAfter: number | undefined = undefined,
): ScheduledCall => ({ at, account: 0, process: 0, kind, abortAfter })
const calm: Omit<Schedule, 'calls'> = {
  faults: [],
  kills: [],
  revocations: [],
  changes: [],
  outages: [],
  rows: 0,
  random: 1,
}

/** Each was found by the simulation, and went wrong once. */
test.each<[string, Schedule]>([
  [
    'looking for a lost write counts for the budget of its account',
    {
      ...calm,
      calls: [call('list', 0, 16), call('findable', 50_001), call('list', 50_000), call('list', 0, 1)],
      faults: [
        { kind: 'none', delayMs: 80 },
        { kind: 'none', delayMs: 1 },
        { kind: 'lost-answer', delayMs: 80 },
      ],
      rows: 7,
    },
  ],
  [
    'a write that is sent again after a look goes with the token that the look has renewed',
    {
      ...calm,
      calls: [call('findable'), call('list')],
      faults: [{ kind: 'none', delayMs: 10_000 }],
      revocations: [{ at: 0, account: 0 }],
    },
  ],
  [
    'a write that a gateway may have passed on is no plain failure because the next attempt met a 503',
    {
      ...calm,
      calls: [call('keyed'), call('list', 0, 1)],
      faults: [{ kind: 'failed-after', delayMs: 1 }],
      outages: [{ at: 16, lastsMs: 696, silent: false }],
    },
  ],
])('%s', async (_, schedule) => {
  expect(faultsOf(await simulate(await compileChaosConnector(), schedule))).toEqual({})
})
