// Our expressions beside the original package, compiled CEL, compiled JMESPath, and closures written by hand.
// Run: node bench/expressions.ts [rounds] [milliseconds per round and contestant]
import { isDeepStrictEqual } from 'node:util'
import { compile as compileJmesPath, TreeInterpreter } from '@jmespath-community/jmespath'
import { Environment } from '@marcbachmann/cel-js'
import { evaluate as evaluateOriginal, safeEvaluateRecord } from '@stackone/expressions'
import { compileExpression, compileRecord } from '../src/expression/index.ts'

const cel = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false })

type Context = ReturnType<typeof makeContext>
type Evaluate = (context: Context) => unknown

interface Kind {
  readonly name: string
  readonly ours: unknown
  /** Undefined where the language cannot say it. */
  readonly cel?: string
  readonly jmesPath?: string
  readonly byHand: Evaluate
}

/** Contexts differ from call to call, as in life; all have the same shape. */
function makeContext(seed: number) {
  return {
    inputs: { id: `e-${seed}`, page: seed, email: `p${seed}@example.com` },
    credentials: { subdomain: `acme${seed}` },
    id: `e-${seed}`,
    status: seed % 2 === 0 ? 'active' : 'left',
    name: { first: `Ann${seed}`, last: 'Lee', display: `Ann${seed} Lee` },
    work: {
      email: `a${seed}@example.com`,
      phone: '+1 555 0100',
      site: { address: { city: { name: `Town ${seed}` }, street: '1 Main St', zip: '12345' } },
      title: 'Engineer',
      manager: { id: `m-${seed}` },
    },
    dates: { start: '2024-01-02', end: null },
    rows: Array.from({ length: 20 }, (_, index) => ({
      id: index,
      age: (index * 7 + seed) % 60,
      tag: `t${index}`,
    })),
  }
}

const mapping = {
  id: '$.id',
  first_name: '$.name.first',
  last_name: '$.name.last',
  display_name: '$.name.display',
  email: '$.work.email',
  phone: '$.work.phone',
  city: '$.work.site.address.city.name',
  street: '$.work.site.address.street',
  zip: '$.work.site.address.zip',
  title: '$.work.title',
  manager_id: '$.work.manager.id',
  start_date: '$.dates.start',
  active: '{{status == "active"}}',
}

const kinds: readonly Kind[] = [
  { name: 'simple path', ours: '$.id', cel: 'id', jmesPath: 'id', byHand: (context) => context.id },
  {
    name: 'deep path',
    ours: '$.work.site.address.city.name',
    cel: 'work.site.address.city.name',
    jmesPath: 'work.site.address.city.name',
    byHand: (context) => context.work?.site?.address?.city?.name,
  },
  {
    name: 'three holes',
    ours: `https://\${credentials.subdomain}.example.com/people/\${inputs.id}?page=\${inputs.page}`,
    cel: '"https://" + credentials.subdomain + ".example.com/people/" + inputs.id + "?page=" + string(inputs.page)',
    jmesPath:
      "join('', ['https://', credentials.subdomain, '.example.com/people/', inputs.id, '?page=', to_string(inputs.page)])",
    byHand: ({ credentials, inputs }) =>
      `https://${credentials?.subdomain}.example.com/people/${inputs?.id}?page=${inputs?.page}`,
  },
  {
    name: 'ternary',
    ours: '{{status == "active" ? "current" : "former"}}',
    cel: 'status == "active" ? "current" : "former"',
    jmesPath: "status == 'active' && 'current' || 'former'",
    byHand: ({ status }) => (status === 'active' ? 'current' : 'former'),
  },
  {
    name: 'function',
    ours: '{{present(inputs.email)}}',
    cel: 'has(inputs.email)',
    jmesPath: 'not_null(inputs.email) != `null`',
    byHand: ({ inputs }) => inputs?.email !== undefined && inputs.email !== null,
  },
  {
    name: 'filter over 20 rows',
    ours: '{{rows[.age > 30]}}',
    cel: 'rows.filter(row, row.age > 30.0)',
    jmesPath: 'rows[?age > `30`]',
    byHand: ({ rows }) => rows.filter((row) => row.age > 30),
  },
  {
    name: 'real mapping',
    ours: mapping,
    cel: `{${Object.entries(mapping)
      .map(([key, text]) => `"${key}": ${text.replace(/^\$\.|[{}]/g, '')}`)
      .join(', ')}}`,
    jmesPath: `{${Object.entries(mapping)
      .map(([key, text]) => `${key}: ${text.replace(/^\$\.|[{}]/g, '').replaceAll('"', "'")}`)
      .join(', ')}}`,
    byHand: ({ id, name, work, dates, status }) => ({
      id,
      first_name: name?.first,
      last_name: name?.last,
      display_name: name?.display,
      email: work?.email,
      phone: work?.phone,
      city: work?.site?.address?.city?.name,
      street: work?.site?.address?.street,
      zip: work?.site?.address?.zip,
      title: work?.title,
      manager_id: work?.manager?.id,
      start_date: dates?.start,
      active: status === 'active',
    }),
  },
  {
    name: 'missing path',
    ours: '$.inputs.filter.since',
    cel: 'has(inputs.filter) ? inputs.filter.since : null',
    jmesPath: 'inputs.filter.since',
    byHand: ({ inputs }) => (inputs as { filter?: { since?: unknown } } | undefined)?.filter?.since,
  },
]

/** Every contestant of a kind, the texts compiled once where the package can. */
function contestants(kind: Kind): Record<string, Evaluate> {
  const { ours } = kind
  const compiledCel = kind.cel === undefined ? undefined : cel.parse(kind.cel)
  const jmesPath = kind.jmesPath === undefined ? undefined : compileJmesPath(kind.jmesPath)
  return {
    'by hand': kind.byHand,
    mainspring:
      typeof ours === 'string' ? compileExpression(ours).evaluateSafely : compileRecord(ours).evaluate,
    ...(compiledCel === undefined ? {} : { 'cel-js': (context: Context) => compiledCel(context) }),
    ...(jmesPath === undefined
      ? {}
      : { jmespath: (context: Context) => TreeInterpreter.search(jmesPath, context as never) }),
    '@stackone/expressions':
      typeof ours === 'string'
        ? (context: Context) => evaluateOriginal(ours, context)
        : (context: Context) => safeEvaluateRecord(ours as Record<string, unknown>, context),
  }
}

const contexts = Array.from({ length: 64 }, (_, seed) => makeContext(seed))
const rounds = Number(process.argv[2] ?? 9)
const roundMs = Number(process.argv[3] ?? 60)
const print = (text: string) => process.stdout.write(`${text}\n`)

/** Nanoseconds an evaluation. What comes out is looked at, so that nothing can be left out. */
let consumed = 0
function time(evaluate: Evaluate, calls: number): number {
  const startedAt = process.hrtime.bigint()
  for (let call = 0; call < calls; call += 1) {
    const value = evaluate(contexts[call & 63] as Context)
    if (value === contexts) consumed += 1
  }
  return Number(process.hrtime.bigint() - startedAt) / calls
}

const all = kinds.map((kind) => ({ kind, run: contestants(kind) }))
for (const { kind, run } of all) {
  for (const context of contexts) {
    const expected = comparable(run['by hand']?.(context))
    for (const [name, evaluate] of Object.entries(run)) {
      if (!isDeepStrictEqual(comparable(evaluate(context)), expected))
        throw new Error(`${kind.name}: ${name} gives another answer than the closure by hand.`)
    }
  }
}

/** The languages differ in how they say "nothing", and CEL gives maps without a prototype. */
function comparable(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value))
}

const samples = all.map(({ run }) =>
  Object.fromEntries(Object.keys(run).map((name) => [name, [] as number[]])),
)
for (let round = -2; round < rounds; round += 1) {
  for (const [index, { run }] of all.entries()) {
    const names = Object.keys(run)
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const evaluate = run[name] as Evaluate
      const calls = Math.max(64, Math.ceil((roundMs * 1e6) / Math.max(1, time(evaluate, 256))))
      const nanoseconds = time(evaluate, Math.min(calls, 20_000_000))
      if (round >= 0) samples[index]?.[name]?.push(nanoseconds)
    }
  }
}

print(
  `Node ${process.version}; medians of ${rounds} rounds, all kinds alive in one process; ns an evaluation (× the closure by hand)`,
)
const names = Object.keys(all[0]?.run ?? {})
print(['kind'.padEnd(20), ...names.map((name) => name.padStart(24))].join(''))
let behind = 0
for (const [index, { kind }] of all.entries()) {
  const medians = Object.fromEntries(names.map((name) => [name, median(samples[index]?.[name] ?? [])]))
  const base = medians['by hand'] ?? Number.NaN
  const cells = names.map((name) => {
    const value = medians[name] ?? Number.NaN
    return Number.isNaN(value)
      ? '—'.padStart(24)
      : `${value.toFixed(1)} (${(value / base).toFixed(1)}×)`.padStart(24)
  })
  print([kind.name.padEnd(20), ...cells].join(''))
  for (const peer of names.slice(2)) {
    if ((medians[peer] ?? Number.POSITIVE_INFINITY) < (medians['mainspring'] ?? 0)) {
      behind += 1
      print(`  behind ${peer} here`)
    }
  }
}
print(behind === 0 ? 'Ahead of every peer on every kind.' : `Behind in ${behind} place(s).`)
if (consumed > 0) print('')

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
