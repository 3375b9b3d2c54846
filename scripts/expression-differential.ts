// Runs the original package beside ours: over the observed cases, where they are at hand, and over expressions made
// from a seed. Prints every disagreement that docs/reference/expression-differences.md does not argue.
// Run: node scripts/expression-differential.ts [count] [seed]
import { existsSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { compileExpression } from '../src/expression/index.ts'
import { arguedDifferences } from '../test/expression/argued-differences.ts'
import { fromTagged, toTagged } from '../test/expression/vectors/tagged-value.ts'

const context = {
  a: 1,
  b: 'text',
  c: null,
  d: { e: { f: [1, 2, 3] }, g: 'deep' },
  list: [
    { id: 1, name: 'Ann', on: true, tags: ['x'] },
    { id: 2, name: 'Bob', on: false, tags: ['x', 'y'] },
    { id: 3, name: '', tags: [] },
  ],
  empty: [],
  zero: 0,
  no: false,
}

type Evaluate = (text: string, context: unknown, options?: { incrementalJsonPath?: boolean }) => unknown

const print = (text: string) => process.stdout.write(`${text}\n`)
const original = await import('@stackone/expressions').catch(() => undefined)
if (original === undefined) print('@stackone/expressions is not installed: nothing to compare with.')
else {
  const disagreements = [
    ...compareVectors(original.evaluate as Evaluate),
    ...compareMade(original.evaluate as Evaluate),
  ]
  for (const line of disagreements) print(line)
  print(disagreements.length === 0 ? 'No disagreement.' : `${disagreements.length} disagreement(s).`)
  if (disagreements.length > 0) process.exitCode = 1
}

/** What comes of an expression: its value, or that it fails. Errors have other words here and there. */
function outcomeOf(evaluate: () => unknown): unknown {
  try {
    return { value: toTagged(evaluate()) ?? { $type: 'undefined' } }
  } catch {
    return 'fails'
  }
}

function compare(theirs: Evaluate, text: string, context: unknown, incremental = false): string | undefined {
  const their = outcomeOf(() => theirs(text, structuredClone(context), { incrementalJsonPath: incremental }))
  const our = outcomeOf(() =>
    compileExpression(text, { incrementalPath: incremental }).evaluate(structuredClone(context)),
  )
  if (isDeepStrictEqual(their, our)) return undefined
  return `${JSON.stringify(text)}\n  original  ${JSON.stringify(their)}\n  ours      ${JSON.stringify(our)}`
}

/** The observed cases that do not depend on the time or its zone. */
function compareVectors(theirs: Evaluate): string[] {
  const file = new URL('../../shared/reference/expression-vectors.json', import.meta.url)
  if (!existsSync(file)) {
    print('The observed cases are not beside the repository; only made expressions are compared.')
    return []
  }
  const vectors = JSON.parse(readFileSync(file, 'utf8')) as {
    contexts: Record<string, unknown>
    cases: {
      id: string
      expression: unknown
      context?: unknown
      contextRef?: string
      timeZone?: string
      options?: { incrementalJsonPath?: boolean }
    }[]
  }
  const cases = vectors.cases.filter(
    ({ id, expression, timeZone }) =>
      typeof expression === 'string' &&
      timeZone === undefined &&
      !/now\(|nextAnniversary|yearsElapsed|hasPassed/.test(expression) &&
      !Object.hasOwn(arguedDifferences, id),
  )
  print(`${cases.length} observed cases.`)
  return cases.flatMap(({ id, expression, context, contextRef, options }) => {
    const data = fromTagged(contextRef === undefined ? context : vectors.contexts[contextRef])
    const found = compareCloneable(theirs, String(expression), data, options?.incrementalJsonPath === true)
    return found === undefined ? [] : [`${id} ${found}`]
  })
}

function compareCloneable(
  theirs: Evaluate,
  text: string,
  data: unknown,
  incremental: boolean,
): string | undefined {
  try {
    structuredClone(data)
  } catch {
    return undefined
  }
  return compare(theirs, text, data, incremental)
}

function compareMade(theirs: Evaluate): string[] {
  const count = Number(process.argv[2] ?? 20_000)
  const seed = Number(process.argv[3] ?? 1)
  const make = createMaker(seed)
  const found = new Map<string, string>()
  for (let made = 0; made < count; made += 1) {
    const text = make()
    const line = compare(theirs, text, context)
    if (line !== undefined) found.set(text, line)
  }
  print(`${count} expressions made from seed ${seed}.`)
  return [...found.values()]
}

/** A source of expressions: a small grammar over names that the context has, and a few that it has not. */
function createMaker(seed: number): () => string {
  let state = seed >>> 0
  const random = (): number => {
    // Mulberry32: a few lines, and the same everywhere.
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const one = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item
  const names = ['a', 'b', 'c', 'd', 'list', 'empty', 'zero', 'no', 'missing']
  const members = ['e', 'f', 'g', 'id', 'name', 'length', 'missing']
  const segment = (): string =>
    one([
      '',
      `.${one(members)}`,
      `['${one(members)}']`,
      `[${Math.floor(random() * 3)}]`,
      '[*]',
      '[0:2]',
      '..id',
      '[?(@.id>1)]',
      "[?(@.name=='Ann')]",
    ])
  const path = (): string => `$.${one(names)}${segment()}${segment()}`
  const operand = (depth: number): string =>
    one([
      () => one(names),
      () => `${one(names)}.${one(members)}`,
      () => `${one(['list', 'd', 'empty'])}[${Math.floor(random() * 3)}].${one(members)}`,
      () => `list[.${one(['id', 'name', 'on'])} ${one(['==', '>', '!='])} ${one(['1', "'Ann'", 'a'])}]`,
      () => one(['1', '2.5', "'x'", '"Ann"', 'true', 'false']),
      () => `${one(['present', 'missing', 'keys', 'values'])}(${program(depth + 1)})`,
      () => `${one(['includes', 'includesSome'])}(${operand(depth + 1)}, ${operand(depth + 1)})`,
      () => `(${program(depth + 1)})`,
      () => `!${one(names)}`,
      () => `[${operand(depth + 1)}, ${operand(depth + 1)}]`,
      () => `{k: ${operand(depth + 1)}}`,
    ])()
  const operators = [
    '+',
    '-',
    '*',
    '/',
    '//',
    '%',
    '^',
    '==',
    '!=',
    '<',
    '<=',
    '>',
    '>=',
    'in',
    '&&',
    '||',
    '??',
  ]
  const program = (depth = 0): string => {
    if (depth > 3) return one(names)
    return one([
      () => operand(depth),
      () => `${operand(depth)} ${one(operators)} ${operand(depth)}`,
      () => `${operand(depth)} ${one(operators)} ${operand(depth)} ${one(operators)} ${operand(depth)}`,
      () => `${operand(depth)} ? ${operand(depth)} : ${operand(depth)}`,
    ])()
  }
  const hole = (): string =>
    `\${${one([() => one(names), () => `${one(names)}.${one(members)}`, () => 'a + 1'])()}}`
  return () =>
    one([
      path,
      () => `{{${program()}}}`,
      () => `{{ $.${program()} }}`,
      () => `id ${hole()} and ${hole()}`,
      hole,
    ])()
}
