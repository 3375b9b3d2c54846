import { expect, test } from '@jest/globals'
import { failures } from './drive-engine.ts'
import { runCanaries } from './run-canaries.ts'

test('no secret is in a result, error or event of any action, by any scheme, whatever goes wrong', async () => {
  const rows = await runCanaries()
  expect(rows.flatMap(({ leaks }) => leaks)).toEqual([])
  // What would be no proof: providers that were not reached, echoes that did not come through, failures of another kind.
  expect(rows.filter(({ uncoded, masked }) => uncoded > 0 || masked === 0)).toEqual([])
  const calls = rows.reduce((sum, row) => sum + row.calls, 0)
  expect(calls).toBeGreaterThan(3_300)
  expect(rows.reduce((sum, row) => sum + row.bytes, 0)).toBeGreaterThan(30_000_000)
  const codes = new Set(rows.flatMap((row) => Object.keys(row.codes)))
  expect([...codes].sort()).toEqual(expect.arrayContaining(expectedCodes))
  expect(failures).toHaveLength(25)
}, 400_000)

const expectedCodes = [
  ...['auth/exchange-failed', 'auth/forbidden', 'auth/invalid-credential', 'auth/reconnect-needed'],
  ...['auth/refresh-failed', 'auth/rejected', 'call/aborted', 'input/invalid', 'input/unknown'],
  ...[
    'network/interrupted',
    'network/timeout',
    'network/unreachable',
    'provider/failed',
    'provider/not-found',
  ],
  ...['provider/rate-limited', 'provider/redirected', 'provider/refused', 'response/unexpected-shape'],
  ...['response/unreadable', 'write/outcome-unknown'],
]
