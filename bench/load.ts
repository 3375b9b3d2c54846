// Loads, validates and compiles one definition of 31,000 lines and 186 actions, beside `yaml` parse alone of its text.
// Run: node bench/load.ts [actions]

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { largeDefinition } from './large-definition.ts'

const actions = Number(process.argv[2] ?? 186)
const contender = process.argv[3]
const rounds = 7
const print = (text: string) => process.stdout.write(`${text}\n`)

/** Milliseconds by the clock, and of processor time, which a busy machine disturbs less. */
interface Cost {
  readonly wall: number
  readonly cpu: number
}

const text = largeDefinition(actions)
if (contender === undefined) compare()
else print(JSON.stringify(await measure(contender)))

async function contenders(): Promise<Record<string, () => void>> {
  const { parse } = await import('yaml')
  const { parseDefinition } = await import('../src/definition/index.ts')
  const { compileModel } = await import('../src/plan/index.ts')
  const source = { root: 'large.connector.s1.yaml', read: () => text }
  return {
    yaml: () => void parse(text),
    mainspring() {
      const { model, diagnostics } = parseDefinition(source)
      if (model === null) throw new Error(diagnostics[0]?.message)
      const { plan } = compileModel(model)
      if (plan.actions.length !== actions) throw new Error('actions are missing')
    },
  }
}

/** In a process of its own: the first time, with everything cold, and the median of the others. */
async function measure(name: string): Promise<{ first: Cost; later: Cost }> {
  const run = (await contenders())[name]
  if (run === undefined) throw new Error(name)
  const costs = Array.from({ length: rounds }, () => {
    const [startMs, start] = [performance.now(), process.cpuUsage()]
    run()
    const { user, system } = process.cpuUsage(start)
    return { wall: performance.now() - startMs, cpu: (user + system) / 1000 }
  })
  const [first = { wall: 0, cpu: 0 }, ...others] = costs
  return { first, later: medianOf(others) }
}

function compare(): void {
  const results: Record<string, { first: Cost; later: Cost }[]> = { yaml: [], mainspring: [] }
  for (let round = 0; round < 3; round += 1) {
    for (const name of round % 2 === 0 ? ['yaml', 'mainspring'] : ['mainspring', 'yaml']) {
      const file = fileURLToPath(import.meta.url)
      const { stdout, stderr } = spawnSync(process.execPath, [file, String(actions), name], {
        encoding: 'utf8',
      })
      if (stdout === '') throw new Error(stderr)
      results[name]?.push(JSON.parse(stdout))
    }
  }
  const lines = text.split('\n').length
  print(`Node ${process.version}; ${lines} lines, ${actions} actions, ${text.length} characters`)
  print(`median of 3 processes each; ms, by the clock and of processor time`)
  for (const when of ['first', 'later'] as const) {
    const [yaml, ours] = ['yaml', 'mainspring'].map((name) =>
      medianOf((results[name] ?? []).map((result) => result[when])),
    )
    if (yaml === undefined || ours === undefined) continue
    for (const field of ['wall', 'cpu'] as const)
      print(
        `${when.padEnd(6)} ${field.padEnd(5)} yaml parse alone ${yaml[field].toFixed(0).padStart(5)}  load, validate, compile ${ours[field].toFixed(0).padStart(5)}  ratio ${(ours[field] / yaml[field]).toFixed(2)}`,
      )
  }
}

function medianOf(costs: readonly Cost[]): Cost {
  const middle = (field: keyof Cost) =>
    costs.map((cost) => cost[field]).sort((one, other) => one - other)[costs.length >> 1] ?? Number.NaN
  return { wall: middle('wall'), cpu: middle('cpu') }
}
