// Reading JSON exactly (duplicate keys refused, large integers kept) beside JSON.parse alone, in one process.
// Run: node bench/json.ts [rounds]
import { isDeepStrictEqual } from 'node:util'
import { parseJson } from '../src/http/index.ts'

const rounds = Number(process.argv[2] ?? 15)

function rows(count: number, id: (index: number) => string): string {
  const row = (_: unknown, index: number) =>
    `{"id":${id(index)},"name":"Person \\"${index}\\"","emails":[{"address":"p${index}@example.com","type":"work"}],"createdAt":"2025-03-04 09:12:44","tags":null,"score":${index / 7}}`
  return `{"people":[${Array.from({ length: count }, row).join(',')}],"meta":{"total":${count}}}`
}

const cases: readonly [string, string][] = [
  ['a record', rows(1, (index) => `"${index}"`)],
  ['100 rows', rows(100, (index) => `"${index}"`)],
  ['10,000 rows', rows(10_000, (index) => `"${index}"`)],
  ['100 rows with ids beyond 2^53', rows(100, (index) => `90071992547409${900 + index}`)],
]

const print = (line: string) => process.stdout.write(`${line}\n`)
print(`Node ${process.version}, best of ${rounds} rounds`)
for (const [name, text] of cases) {
  if (!name.includes('2^53') && !isDeepStrictEqual(JSON.parse(text), parseJson(text))) throw new Error(name)
  const repeats = Math.max(1, Math.round(4_000_000 / text.length))
  const best = { plain: Number.POSITIVE_INFINITY, exact: Number.POSITIVE_INFINITY }
  let kept: unknown
  for (let round = 0; round < rounds; round++)
    for (const which of ['plain', 'exact'] as const) {
      const start = performance.now()
      for (let index = 0; index < repeats; index++)
        kept = which === 'plain' ? JSON.parse(text) : parseJson(text)
      best[which] = Math.min(best[which], (performance.now() - start) / repeats)
    }
  if (kept === undefined) throw new Error('nothing was read')
  const micros = (milliseconds: number) => `${(milliseconds * 1000).toFixed(1)} µs`
  print(
    `${name} (${text.length} characters): JSON.parse ${micros(best.plain)}, exact ${micros(best.exact)}, ${(best.exact / best.plain).toFixed(2)} times`,
  )
}
