import { expect, test } from '@jest/globals'
import { driveHub } from './drive-hub.ts'

test('no secret is in an answer, page, log or file of a hub, whatever its providers do', async () => {
  const { search, count } = await driveHub()
  expect(search.leaks).toEqual([])
  // What would be no proof: calls that did not reach a provider, echoes that did not come through, nothing written down.
  expect(count.calls).toBeGreaterThan(900)
  expect(count.masked).toBeGreaterThan(500)
  for (const code of ['auth/rejected', 'auth/reconnect-needed', 'provider/refused', 'write/outcome-unknown'])
    expect(count.codes[code]).toBeGreaterThan(5)
  for (const place of [
    'rpc',
    'mcp',
    'lines',
    'proxy',
    'page',
    'form',
    'log',
    'stored',
    'file',
    'linking',
    'explained',
  ])
    expect({ place, bytes: search.bytes[place] ?? 0 }).toEqual({ place, bytes: expect.any(Number) })
  expect(Math.min(...Object.values(search.bytes))).toBeGreaterThan(2_000)
}, 400_000)
