import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { InternalError } from '../../src/errors/index.ts'
import { expectCoded } from './expect-coded.ts'
import { fuzzCanary } from './fuzz-subject.ts'
import { runFuzz } from './run-fuzz.ts'
import { fuzzSubjects } from './subjects/index.ts'

/** `npm run fuzz` tries 100,000 cases. */
test.each(fuzzSubjects.map((subject) => [subject.name, subject] as const))(
  '%s of any kind end as they should',
  async (_, subject) => {
    const { cases, failure } = await runFuzz(subject, 150, 20_261_125)
    expect(failure).toBeUndefined()
    expect(cases).toBe(150)
  },
)

test('the shares are all of the cases', () => {
  expect(fuzzSubjects.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
})

test('a failing case is found, made smaller and named with its seed', async () => {
  const broken = {
    name: 'broken',
    share: 0,
    open: async () => ({
      property: fc.property(fc.integer(), (value) => {
        if (value > 1_000) throw new Error('too much')
      }),
    }),
  }
  const { failure } = await runFuzz(broken, 1_000, 5)
  expect(failure).toMatch(/^seed 5, path [\d:]+\n\[1001\]\nError: .*too much/s)
})

test.each([
  ['an error without a code', new TypeError('x is undefined')],
  ['a failure of our own', new InternalError({ message: 'A bug.' })],
  ['a secret in the words', Object.assign(new InternalError({ message: fuzzCanary }))],
])('%s is not taken for a refusal', (_, error) => {
  expect(() => expectCoded(error)).toThrow()
})
