import { expect, test } from '@jest/globals'
import { driveCli } from './drive-cli.ts'

test('no secret is on standard output or standard error, however a result, failure or request is printed', async () => {
  const { search, count } = await driveCli()
  expect(search.leaks).toEqual([])
  // What would be no proof: wrong use, runs that did not reach a provider, echoes that did not come through.
  expect(Object.keys(count.exits)).toEqual(['0', '1'])
  expect(count.exits[1]).toBeGreaterThan(150)
  expect(count.masked).toBeGreaterThan(250)
  expect(search.bytes['stdout']).toBeGreaterThan(2_000_000)
  expect(search.bytes['stderr']).toBeGreaterThan(400_000)
}, 200_000)
