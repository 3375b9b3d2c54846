import { expect, test } from '@jest/globals'
import { createHub, readConfig } from '../../src/hub/index.ts'
import { connectorsFolder } from './start-hub.ts'

const read = (file: string, env: Record<string, string> = {}) =>
  readConfig({ flags: { config: 'hub.yaml' }, env, cwd: '/srv', readFile: async () => file })

test('an operator sets ceilings, waits, circuits and processes of requests to providers', async () => {
  const file = `
processes: 3
callsAtATime: 100
callsPerProvider: 40
callsPerAccount: 5
callsWaiting: 0
callsWaitingPerAccount: 20
callWaitSeconds: 2
circuitFailures: 7
circuitSeconds: 60
circuitPauseSeconds: 300
`
  expect((await read(file, { MAINSPRING_CALLS_PER_ACCOUNT: '6' })).flow).toEqual({
    processes: 3,
    mostAtATime: 100,
    mostPerProvider: 40,
    mostPerAccount: 6,
    mostWaiting: 0,
    mostWaitingPerAccount: 20,
    longestWaitMs: 2_000,
    circuit: { failures: 7, windowMs: 60_000, openMs: 300_000, longestOpenMs: 300_000 },
  })
  expect((await read('')).flow).toEqual({ circuit: {} })
})

test.each([
  ['processes: 0', 'hub.yaml:1: processes must be >= 1.'],
  ['callsPerAccount: many', 'hub.yaml:1: callsPerAccount must be integer.'],
  ['circuitFailure: 3', 'hub.yaml:1: There is no setting "circuitFailure". Did you mean "circuitFailures"?'],
])('%s is told with its line', async (file, message) => {
  await expect(read(file)).rejects.toMatchObject({ code: 'hub/config-invalid', message })
})

test('a variable that is no number is told by its name', async () => {
  await expect(read('', { MAINSPRING_CALL_WAIT_SECONDS: 'long' })).rejects.toMatchObject({
    code: 'hub/config-invalid',
    message: expect.stringContaining('MAINSPRING_CALL_WAIT_SECONDS: must be integer'),
  })
})

test('a hub with a ceiling under which nothing could be sent does not start', async () => {
  await expect(
    createHub({ connectors: connectorsFolder, flow: { mostPerAccount: 0 } }),
  ).rejects.toMatchObject({ code: 'input/invalid', message: expect.stringContaining('"mostPerAccount"') })
})
