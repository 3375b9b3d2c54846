// 10,000 rows through a unified mapping of 25 fields, beside the same mapping written by hand in TypeScript.
// Run: node bench/mapping.ts [rounds] [rows]
import { isDeepStrictEqual } from 'node:util'
import { type CallOptions, compileConnector, loadConnector, prepareCall } from '../src/plan/index.ts'

const rounds = Number(process.argv[2] ?? 15)
const rowCount = Number(process.argv[3] ?? 10_000)

const statuses = ['active', 'on_leave', 'terminated', 'other'] as const
const rows = Array.from({ length: rowCount }, (_, index) => ({
  id: `e-${index}`,
  employeeNumber: index,
  name: { first: `Ann${index}`, middle: null, last: 'Lee', display: `Ann${index} Lee` },
  work: {
    email: `a${index}@example.com`,
    phone: '+1 555 0100',
    title: 'Engineer',
    department: { id: 7, name: 'R&D' },
  },
  personal: { email: `p${index}@example.net`, birthday: '1990-01-02', gender: index % 3 === 0 ? 'F' : 'M' },
  status: statuses[index % 4] as string,
  manager: { id: `m-${index % 50}`, email: 'boss@example.com' },
  dates: { start: '2024-01-02', end: null, updated: '2026-01-01T00:00:00Z' },
  home: { street: '1 Main St', city: 'Town', zip: '12345', country: 'DE' },
  pay: { amount: 1000 + index, currency: 'EUR', period: 'month' },
  badge: `B${index}`,
  team: { code: `T${index % 9}` },
}))
type Row = (typeof rows)[number]

/** What a person would write. */
function mapByHand(row: Row, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { name, work, personal, status, manager, dates, home } = row
  return {
    id: row.id,
    remote_id: row.id,
    employee_number: row.employeeNumber,
    first_name: name?.first,
    middle_name: name?.middle,
    last_name: name?.last,
    display_name: name?.display,
    work_email: work?.email,
    work_phone: work?.phone,
    personal_email: personal?.email,
    birthday: personal?.birthday,
    gender: {
      value: personal?.gender === 'F' ? 'female' : personal?.gender === 'M' ? 'male' : 'unmapped_value',
      source_value: personal?.gender ?? null,
    },
    status: {
      value:
        status === 'active'
          ? 'active'
          : status === 'on_leave'
            ? 'leave'
            : status === 'terminated'
              ? 'terminated'
              : 'unmapped_value',
      source_value: status ?? null,
    },
    job_title: work?.title,
    department: work?.department?.name,
    department_id: work?.department?.id,
    manager_id: manager?.id,
    start_date: dates?.start,
    end_date: dates?.end,
    updated_at: dates?.updated,
    is_active: status === 'active',
    company: inputs['company'],
    home: { street: home?.street, city: home?.city, zip: home?.zip, country: home?.country },
    label: `${name?.display} <${work?.email}>`,
    unified_custom_fields: { badge: row.badge },
  }
}

const { model, diagnostics } = await loadConnector(new URL('./fixtures/mapping', import.meta.url).pathname)
if (model === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
const plan = compileConnector(model)
const options: CallOptions = { inputs: { company: 'Acme' } }
const { action, context } = prepareCall(plan, 'list_employees', options)
context.steps['get'] = { output: { data: rows }, successful: true, skipped: false }
const call = action.steps.find(({ id }) => id === 'map')?.calls[0]
if (call?.kind !== 'pure') throw new Error('The fixture has no step "map".')

const contestants: Record<string, () => unknown> = {
  'by hand': () => rows.map((row) => mapByHand(row, context.inputs)),
  mainspring: () => call.run(context, Date.now).output?.data,
}
const [expected, given] = Object.values(contestants).map((run) => run())
if (!isDeepStrictEqual(given, expected)) throw new Error('The mappings do not give equal answers.')
const { errors } = call.run(context, Date.now)
if (errors !== undefined) throw new Error(JSON.stringify(errors))

const names = Object.keys(contestants)
const samples: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]))
let consumed = 0
for (let round = -3; round < rounds; round += 1) {
  for (const name of round % 2 === 0 ? names : names.toReversed()) {
    const startedAt = process.hrtime.bigint()
    const mapped = contestants[name]?.() as unknown[]
    const microseconds = Number(process.hrtime.bigint() - startedAt) / 1000
    consumed += mapped.length
    if (round >= 0) samples[name]?.push(microseconds)
  }
}
const ratios = (samples['mainspring'] ?? []).map((value, index) => value / (samples['by hand']?.[index] ?? 1))
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const print = (text: string) => process.stdout.write(`${text}\n`)
print(
  `Node ${process.version}, ${rounds} rounds of ${rowCount} rows × 25 fields, alternating (${consumed} rows in all)`,
)
for (const name of names)
  print(`${name.padEnd(12)} ${(median(samples[name] ?? []) / rowCount).toFixed(3)} µs a row`)
print(
  `ratio        ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}), round by round`,
)
