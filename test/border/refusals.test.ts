import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createWorld } from './refusals/create-world.ts'
import { entrances } from './refusals/index.ts'

// The table of everything hostile that is tried: docs/reference/refusals.md is made from the same rows.
const world = createWorld()
beforeEach(() => world.reset())
afterAll(() => world.close())

const untouched = Object.getOwnPropertyNames(Object.prototype).sort()

describe.each([...entrances])('$title', ({ refusals }) => {
  for (const row of refusals) {
    const { comesTo } = row
    const outcome = typeof comesTo === 'string' ? comesTo : comesTo.harmless
    test.each(row.examples.map((example, index) => [index, example] as const))(
      `${row.what}: ${outcome} (%i)`,
      async (_index, example) => {
        const [code, seen] = await row.attempt(world, example).then(
          (value) => [undefined, value] as const,
          (error: unknown) => [(error as { code?: unknown }).code ?? error, undefined] as const,
        )
        if (typeof comesTo === 'string') {
          expect([code, world.sent.length]).toEqual([comesTo, row.sentBefore ?? 0])
        } else {
          expect([code, seen]).toEqual([undefined, row.seen?.(example)])
        }
        expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(untouched)
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
      },
    )
  }
})

test('no row stands twice, and each has an example', () => {
  const titles = entrances.map(({ title }) => title)
  expect(new Set(titles).size).toBe(titles.length)
  for (const { refusals } of entrances) {
    expect(new Set(refusals.map(({ what }) => what)).size).toBe(refusals.length)
    for (const { examples } of refusals) expect(examples.length).toBeGreaterThan(0)
  }
})
