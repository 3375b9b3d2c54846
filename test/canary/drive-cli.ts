import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as engine from '../../src/engine/index.ts'
import { sampleInputs } from '../../src/plan/index.ts'
import { runCli } from '../cli/run-cli.ts'
import { type CanarySearch, createCanarySearch } from './canary-search.ts'
import { answers, type EchoProvider, startEchoProvider } from './echo-provider.ts'
import { type Subject, shippedSubjects } from './subjects.ts'

export interface CliCount {
  runs: number
  masked: number
  readonly exits: Record<number, number>
}

/** How a result is printed, in turn. */
const printings: readonly (readonly string[])[] = [
  ['--trace'],
  ['--json', '--trace'],
  ['--out', 'table'],
  ['--out', 'csv'],
  ['--out', 'ndjson', '--json'],
]
const explanations: readonly (readonly string[])[] = [[], ['--json'], ['--as', 'curl'], ['--as', 'har']]

/** Runs, explains and serves every shipped connector on the command line against every failure. */
export async function driveCli(): Promise<{ readonly search: CanarySearch; readonly count: CliCount }> {
  const folder = await mkdtemp(join(tmpdir(), 'mainspring-canary-'))
  const subjects = await shippedSubjects()
  const named = subjects.flatMap(({ name, secrets }) =>
    Object.entries(secrets).map(([key, value]): [string, string] => [`${name} ${key}`, value]),
  )
  const search = createCanarySearch(Object.fromEntries(named))
  const count: CliCount = { runs: 0, masked: 0, exits: {} }
  const transport = engine.createTransport({ random: () => 0 })
  const rooms = { engine: async () => ({ ...engine, ...patientWith(transport) }) }
  try {
    for (const subject of subjects) {
      const provider = await startEchoProvider(subject.plan, Object.values(subject.secrets))
      const file = join(folder, `${subject.name}.json`)
      const run = async (args: readonly string[], stdin = '') => {
        // A renewal writes into it.
        await writeFile(file, JSON.stringify({ ...subject.setup, ...subject.credentials }))
        const method = ['--authentication', subject.authentication]
        const world = { stdin, rooms }
        const { stdout, stderr, exit } = await runCli(
          [...args, '--origin', provider.origin, '--credentials', file, ...method],
          world,
        )
        const place = `${subject.name} ${args.join(' ')}, ${provider.answer}`
        search.look(`stdout: ${place}`, stdout)
        search.look(`stderr: ${place}`, stderr)
        count.runs += 1
        if ((stdout + stderr).includes('***')) count.masked += 1
        count.exits[exit] = (count.exits[exit] ?? 0) + 1
      }
      try {
        await driveSubject(subject, provider, run)
      } finally {
        await provider.close()
      }
    }
    return { search, count }
  } finally {
    transport.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Repetitions and circuits are driven elsewhere; here they would only take time. */
function patientWith(transport: engine.Transport): Pick<typeof engine, 'runAction' | 'iterateAction'> {
  const more = () => ({ transport, flow: engine.createFlow(), limits: { maxAttempts: 1 } })
  return {
    runAction: (plan, action, options) =>
      engine.runAction(plan, action, { ...options, ...more(), timeoutMs: 2_000 }),
    iterateAction: (plan, action, options) =>
      engine.iterateAction(plan, action, { ...options, ...more(), timeoutMs: 2_000 }),
  }
}

async function driveSubject(
  { plan }: Subject,
  provider: EchoProvider,
  run: (args: readonly string[], stdin?: string) => Promise<void>,
): Promise<void> {
  const actions = plan.actions.filter(({ stage }) => stage !== 'preview')
  const inputsOf = (action: (typeof actions)[number]) => JSON.stringify(sampleInputs(action))
  for (const [index, action] of actions.entries()) {
    const how = explanations[index % explanations.length] ?? []
    await run(['explain', action.qualifiedId, '--inputs', '-', ...how], inputsOf(action))
  }
  for (const [turn, answer] of answers.filter((one) => one !== 'too slow').entries()) {
    provider.answer = answer
    for (const step of [0, 1]) {
      const action = actions[(turn * 2 + step) % actions.length]
      const how = printings[(turn + step) % printings.length]
      if (action !== undefined && how !== undefined)
        await run(['run', action.qualifiedId, '--inputs', '-', ...how], inputsOf(action))
    }
    const calls = actions.map((action, id) => ({
      jsonrpc: '2.0',
      id,
      method: 'tools/call',
      params: { name: action.qualifiedId, arguments: sampleInputs(action) },
    }))
    await run(
      ['mcp', plan.key, '--confirm', 'none'],
      calls.map((call) => `${JSON.stringify(call)}\n`).join(''),
    )
  }
}
