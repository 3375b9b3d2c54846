import { expect, test } from '@jest/globals'
import { faultsOf } from './board.ts'
import { runBehindProxy } from './sockets/engine-behind-proxy.ts'
import { killHubs } from './sockets/hub-killed.ts'

test('behind a proxy that spoils what goes through, nothing is doubled, lost, missing or leaked', async () => {
  const board = await runBehindProxy(90, 3)
  expect(faultsOf(board)).toEqual({})
  expect(board.outcomesUnknown).toBeGreaterThan(0)
  expect(board.writesSent).toBeGreaterThan(15)
}, 240_000)

test('a hub that is killed while it writes has neither done a write twice nor forgotten one', async () => {
  const board = await killHubs(1, 3)
  expect(faultsOf(board)).toEqual({})
  expect(board.writesSent).toBeGreaterThan(7)
}, 240_000)
