import type { InputProblem } from '../../errors/index.ts'
import { isRecord } from '../../http/index.ts'

/** Lists and objects within each other; as deep as an answer may nest. */
const maxDepth = 500

/** What is wrong with numbers and nesting of inputs, and the inputs as a schema can judge them. */
export interface CheckedNumbers {
  readonly problems: readonly InputProblem[]
  /** The same inputs with a number in place of each `bigint`, which no schema knows. */
  readonly judged: Readonly<Record<string, unknown>>
}

/**
 * Finds what no request can carry: NaN and Infinity, which JSON would turn into null, and nesting that no stack bears.
 * Integers beyond 2⁵³ are fine as `bigint`.
 */
export function checkNumbers(inputs: Readonly<Record<string, unknown>>): CheckedNumbers {
  const problems: InputProblem[] = []
  const refuse = (path: readonly string[], why: string) => {
    const name = path[0] ?? ''
    const pointer = path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
    problems.push({ code: 'input/invalid', name, pointer, message: `Input "${name}" ${why}.` })
  }
  const judge = (value: unknown, path: readonly string[]): unknown => {
    if (typeof value === 'bigint') return Number(value)
    if (typeof value === 'number' && !Number.isFinite(value))
      refuse(path, 'holds NaN or a number beyond all that can be written')
    if (typeof value !== 'object' || value === null || !isPlain(value)) return value
    if (path.length > maxDepth) {
      refuse(path.slice(0, 1), `nests deeper than ${maxDepth}`)
      return null
    }
    return Array.isArray(value)
      ? judgeList(value, (item, index) => judge(item, [...path, String(index)]))
      : judgeRecord(value as Record<string, unknown>, (item, key) => judge(item, [...path, key]))
  }
  return { judged: judgeRecord(inputs, (value, name) => judge(value, [name])), problems }
}

/** A copy only where something in it changed. */
function judgeList(list: readonly unknown[], judge: (item: unknown, index: number) => unknown): unknown {
  const judged = list.map(judge)
  return judged.some((item, index) => !Object.is(item, list[index])) ? judged : list
}

function judgeRecord<Values extends Readonly<Record<string, unknown>>>(
  record: Values,
  judge: (item: unknown, key: string) => unknown,
): Values {
  const changed = Object.entries(record).flatMap(([key, item]) => {
    const judged = judge(item, key)
    return Object.is(judged, item) ? [] : [[key, judged] as const]
  })
  return changed.length === 0
    ? record
    : (Object.fromEntries([...Object.entries(record), ...changed]) as Values)
}

/** Data, as opposed to bytes, dates and what has a class of its own. */
function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return isRecord(value) && (prototype === Object.prototype || prototype === null)
}
