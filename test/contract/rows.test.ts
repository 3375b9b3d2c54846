import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { findProofs, proofsOf } from '../../scripts/generate/contract/find-proofs.ts'
import { differences } from '../../src/plan/exact/differences.ts'
import { arguedRows } from './argued-rows.ts'
import { contractSections } from './rows.ts'

const rows = contractSections.flatMap(({ id, rows: own }) => Object.keys(own).map((key) => `${id}/${key}`))
const proved = new Set(findProofs().map(({ row }) => row))

test('every row of the fact sheet has a test or a reason', () => {
  expect(rows.filter((row) => !proved.has(row) && !(row in arguedRows))).toEqual([])
})

test('every key of ours for a step, and for all steps of a connector, is a row', () => {
  const file = new URL('../../schemas/x-mainspring.schema.json', import.meta.url)
  const { definitions } = JSON.parse(readFileSync(file, 'utf8')) as {
    definitions: Record<string, { properties?: Record<string, unknown> } | undefined>
  }
  const keysOf = (name: string, prefix = '') => {
    const { properties = {} } = definitions[name] ?? {}
    return Object.keys(properties).map((key) => `x/${prefix}${key}`)
  }
  const ours = [
    ...['OffsetPaging', 'PagePaging', 'CursorPaging', 'LinkPaging'].flatMap((style) =>
      keysOf(style, 'paging.'),
    ),
    ...keysOf('ErrorReading', 'errors.'),
    ...keysOf('ResponseShape', 'response.'),
    ...keysOf('RetrySafety', 'retry.'),
    ...keysOf('ForEach', 'forEach.'),
    ...keysOf('Chunks', 'chunks.'),
    ...keysOf('StepExtension'),
    ...keysOf('ConnectorExtension'),
  ]
  const groups = ['x/paging', 'x/errors', 'x/response', 'x/retry', 'x/forEach', 'x/chunks']
  expect(ours.filter((key) => !groups.includes(key) && !rows.includes(key))).toEqual([])
})

test('a row that a test proves needs no reason', () => {
  expect(Object.keys(arguedRows).filter((row) => proved.has(row))).toEqual([])
})

test('tests and differences name rows that there are', () => {
  const named = [...proved, ...Object.values(differences).flatMap((difference) => difference.rows)]
  expect(named.filter((row) => !rows.includes(row))).toEqual([])
})

test('a proof is read from its call, and one that cannot be read is an error', () => {
  expect(proofsOf('a.test.ts', "proves(['7/url', '7/args'], \"it's sent\", () => {})")).toEqual([
    { row: '7/url', sentence: "it's sent", file: 'a.test.ts' },
    { row: '7/args', sentence: "it's sent", file: 'a.test.ts' },
  ])
  expect(() => proofsOf('a.test.ts', 'proves(row, sentence, () => {})')).toThrow('1 call(s)')
})
