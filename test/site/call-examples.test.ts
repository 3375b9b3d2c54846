import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openCatalog } from '../../src/catalog/index.ts'
import { commandExample, libraryExample } from '../../src/ui/index.ts'
import { runCli } from '../cli/run-cli.ts'

const { actions } = await (await openCatalog('connectors')).describe('clockwork')
let folder: string
let credentials: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-examples-'))
  credentials = join(folder, 'credentials.json')
  await writeFile(
    credentials,
    JSON.stringify({ firmName: 'acme', apiKey: 'k', apiSecret: 's', firmServiceKey: 'f' }),
  )
})

afterAll(() => rm(folder, { recursive: true }))

/** The arguments that a shell makes of a command. */
function argumentsOf(command: string): string[] {
  const text = execFileSync('bash', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' })
  return text.split('\0').slice(1, -1)
}

test('the command of every action is a call that the action takes', async () => {
  for (const action of actions) {
    const [verb, ...rest] = argumentsOf(commandExample(action, action.sample).text)
    expect(verb).toBe('run')
    const run = await runCli(['explain', ...rest, '--credentials', credentials])
    expect([action.id, run.exit, run.stderr]).toEqual([action.id, 0, expect.any(String)])
  }
}, 120_000)

test('texts of people survive the shell', () => {
  const inputs = { name: `O'Hara $(touch pwned) "x"\n`, tags: ['a b', "it's"] }
  const action = { id: 'create', qualifiedId: 'acme_create', stage: 'stable' } as const
  expect(argumentsOf(commandExample(action, inputs).text)).toEqual([
    'run',
    'acme_create',
    '--input',
    `name=${inputs.name}`,
    '--input',
    `tags=${JSON.stringify(inputs.tags)}`,
  ])
})

test('the example for programs calls the engine with the same inputs', async () => {
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor
  for (const action of actions) {
    const calls: unknown[][] = []
    const runAction = async (...call: unknown[]) => {
      calls.push(call)
      return { data: null }
    }
    const iterateAction = (...call: unknown[]) => {
      calls.push(call)
      return []
    }
    const { text } = libraryExample(action, action.sample)
    await new AsyncFunction('runAction', 'iterateAction', 'plan', 'credentials', text)(
      runAction,
      iterateAction,
      'the plan',
      'the credentials',
    )
    const options = calls[0]?.[2] as { readonly inputs?: unknown }
    expect(calls).toMatchObject([['the plan', action.id, { credentials: 'the credentials' }]])
    expect(options.inputs ?? {}).toEqual(action.sample)
  }
})
