import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { compileRecord } from '../../src/expression/index.ts'
import { arguedDifferences } from './argued-differences.ts'
import { runInTimeZone } from './vectors/in-time-zone.ts'
import type { Outcome } from './vectors/run-cases.ts'
import { fromTagged } from './vectors/tagged-value.ts'

const file = fileURLToPath(new URL('../../../shared/reference/expression-vectors.json', import.meta.url))

interface VectorCase {
  readonly id: string
  readonly topic: string
  readonly expression: unknown
  readonly context?: unknown
  readonly contextRef?: string
  readonly options?: { readonly incrementalJsonPath?: boolean }
  readonly timeZone?: string
  readonly evaluate: Record<string, unknown>
  readonly safeEvaluate: unknown
  readonly isValid: boolean
}

interface Vectors {
  readonly frozenNow: string
  readonly timeZone: string
  readonly contexts: Record<string, unknown>
  readonly cases: readonly VectorCase[]
  readonly recordCases: readonly {
    id: string
    record: unknown
    context: unknown
    result: { value: unknown }
  }[]
}

if (existsSync(file)) compareWith(JSON.parse(readFileSync(file, 'utf8')) as Vectors)
else {
  test.skip('the observed behaviour of the original needs ../shared/reference/expression-vectors.json beside the repository', () => {})
}

function compareWith(vectors: Vectors): void {
  const byZone = Map.groupBy(vectors.cases, (each) => each.timeZone ?? vectors.timeZone)
  const outcomes = new Map<string, Outcome>()
  for (const [timeZone, cases] of byZone) {
    const inputs = cases.map(({ expression, context, contextRef, options = {} }) => ({
      expression,
      context: contextRef === undefined ? context : vectors.contexts[contextRef],
      options,
    }))
    const results = runInTimeZone(timeZone, vectors.frozenNow, inputs)
    for (const [index, { id }] of cases.entries()) outcomes.set(id, results[index] as Outcome)
  }

  describe('the observed behaviour of the original', () => {
    const same = vectors.cases.filter(({ id }) => !Object.hasOwn(arguedDifferences, id))
    const topics = [...Map.groupBy(same, ({ topic }) => topic)]

    test.each(topics)('holds for %s', (_topic, cases) => {
      expect(cases.map(({ id }) => ({ id, ...comparable(outcomes.get(id)) }))).toEqual(cases.map(expected))
    })

    test('holds for whole records', () => {
      const built = vectors.recordCases.map(({ id, record, context }) => ({
        id,
        value: compileRecord(fromTagged(record)).evaluate(fromTagged(context)),
      }))
      expect(built).toStrictEqual(
        vectors.recordCases.map(({ id, result }) => ({ id, value: fromTagged(result.value) })),
      )
    })

    test('differs in every case that is listed as argued, so that the list has no leftovers', () => {
      const differing = vectors.cases.filter((each) => {
        const mine = JSON.stringify({ id: each.id, ...comparable(outcomes.get(each.id)) })
        return mine !== JSON.stringify(expected(each))
      })
      expect(differing.map(({ id }) => id).sort()).toEqual(Object.keys(arguedDifferences).sort())
    })
  })
}

/** Our errors have codes, the original's have kinds: that one is thrown is compared, and where a path ended. */
function comparable(outcome: Outcome | undefined): object {
  if (outcome === undefined) return { evaluate: 'not run' }
  const { evaluate, safeEvaluate, isValid } = outcome
  if (!('error' in evaluate)) return { evaluate, safeEvaluate, isValid }
  const { reason, ...place } = (evaluate.failure ?? {}) as { reason?: string }
  return { evaluate: { error: true, ...(reason === 'empty-result' ? {} : place) }, safeEvaluate, isValid }
}

function expected({ id, evaluate, safeEvaluate, isValid }: VectorCase): object {
  if (!('error' in evaluate)) return { id, evaluate, safeEvaluate, isValid }
  const { error: _kind, class: _class, ...place } = evaluate
  return { id, evaluate: { error: true, ...place }, safeEvaluate, isValid }
}
