import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { CliError } from '../../src/errors/index.ts'
import { startSandbox } from '../../src/sandbox/index.ts'
import { type CliWorld, runCli } from './run-cli.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-start-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

interface Started {
  readonly url: string
  readonly apiKey: string
  readonly loginUrl: string
  readonly sandbox?: { readonly origin: string; readonly credentials: Record<string, string> }
}

/** Starts the hub, uses it while it is up, and ends it as Ctrl-C does. */
async function whileUp(
  args: readonly string[],
  use: (started: Started, text: string) => Promise<void>,
  env: CliWorld['env'] = {},
): Promise<{ readonly exit: number; readonly stdout: string; readonly stderr: string }> {
  const interruption = new AbortController()
  let used: Promise<void> | undefined
  const run = runCli(['start', '--data', join(folder, 'data'), '--port', '0', ...args], {
    env,
    cwd: folder,
    signal: interruption.signal,
    onOutput: (text) => {
      const ready = args.includes('--json') ? text.endsWith('\n') : text.includes('Ctrl-C ends')
      if (!ready || used !== undefined) return
      const started = args.includes('--json') ? (JSON.parse(text) as Started) : readText(text)
      used = use(started, text).finally(() => interruption.abort('SIGINT'))
    },
  })
  const ended = await run
  await used
  expect(used).toBeDefined()
  return ended
}

function readText(text: string): Started {
  const find = (pattern: RegExp) => pattern.exec(text)?.[1] ?? ''
  return {
    url: find(/up at (\S+)/),
    apiKey: find(/API key +(msk_\S+)/),
    loginUrl: find(/Sign in +(\S+)/),
  }
}

const asKey = (apiKey: string) => ({
  headers: { authorization: `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}` },
})

describe('start --json', () => {
  test('prints one line with all that a program needs, and every part of it works', async () => {
    const { exit, stdout, stderr } = await whileUp(['--json'], async (started) => {
      expect(Object.keys(started)).toEqual(['url', 'apiKey', 'loginUrl', 'sandbox', 'sandboxes'])
      const { url, apiKey, loginUrl, sandbox } = started
      expect(Object.keys(sandbox?.credentials ?? {}).sort()).toEqual([
        'apiKey',
        'apiSecret',
        'firmName',
        'firmServiceKey',
      ])
      expect((await fetch(`${url}/accounts`, asKey(apiKey))).status).toBe(200)
      const login = await fetch(loginUrl, { redirect: 'manual' })
      expect(login.status).toBe(303)
      expect(login.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/)
      const again = await fetch(loginUrl, { redirect: 'manual' })
      expect(again.status).not.toBe(303)
    })
    expect({ exit, stderr, lines: stdout.trimEnd().split('\n').length }).toEqual({
      exit: 0,
      stderr: '',
      lines: 1,
    })
  })

  test('MAINSPRING_API_KEY sets the first key, which is not printed', async () => {
    const key = 'chosen-by-the-operator-1234'
    await whileUp(
      ['--json', '--no-sandbox'],
      async (started) => {
        expect(JSON.stringify(started)).not.toContain(key)
        expect(started.sandbox).toBeUndefined()
        expect((await fetch(`${started.url}/accounts`, asKey(key))).status).toBe(200)
        const { integrations } = await offered({ ...started, apiKey: key })
        expect(integrations).toContainEqual(
          expect.objectContaining({ environment: 'production', name: 'Clockwork Recruiting' }),
        )
      },
      { MAINSPRING_API_KEY: key },
    )
  })

  test('a second start gives a key again, for as long as it runs; the first one stays good', async () => {
    let first = ''
    await whileUp(['--json', '--no-sandbox'], async ({ apiKey }) => {
      first = apiKey
    })
    let second = ''
    await whileUp(['--json', '--no-sandbox'], async ({ url, apiKey }) => {
      second = apiKey
      expect(apiKey).not.toBe(first)
      for (const key of [first, second]) expect((await fetch(`${url}/accounts`, asKey(key))).status).toBe(200)
    })
    await whileUp(['--json', '--no-sandbox'], async ({ url }) => {
      expect((await fetch(`${url}/accounts`, asKey(first))).status).toBe(200)
      expect((await fetch(`${url}/accounts`, asKey(second))).status).toBe(401)
    })
  })
})

async function offered({ url, apiKey }: Started): Promise<{ integrations: object[] }> {
  const session = await fetch(`${url}/connect_sessions`, {
    method: 'POST',
    headers: { ...asKey(apiKey).headers, 'content-type': 'application/json' },
    body: JSON.stringify({ origin_owner_id: '1', origin_owner_name: 'One' }),
  })
  const { token } = (await session.json()) as { token: string }
  const answer = await fetch(`${url}/hub/connectors`, { headers: { 'x-hub-session-token': token } })
  return (await answer.json()) as { integrations: object[] }
}

describe('start for a person', () => {
  test('prints the address, a login link, a key shown once, and three things to try', async () => {
    let shown = ''
    const first = await whileUp([], async ({ url, apiKey }, text) => {
      shown = apiKey
      expect((await fetch(`${url}/accounts`, asKey(apiKey))).status).toBe(200)
      expect(text).toMatch(/1\. .*\n {2}2\. .*\n {2}3\. /)
      expect(text).toContain('Firm Service Key')
    })
    expect(first.exit).toBe(0)
    expect(shown).toMatch(/^msk_.{40,}/)
    const second = await whileUp([], async (_started, text) => {
      expect(text).toContain('the one shown at the first start')
      expect(text).not.toContain(shown)
    })
    expect(second.exit).toBe(0)
  })

  test('the data folder and what is in it are for the owner alone; the key is stored as a hash', async () => {
    let shown = ''
    await whileUp(['--no-sandbox'], async ({ apiKey }) => {
      shown = apiKey
    })
    const data = join(folder, 'data')
    expect((await stat(data)).mode & 0o777).toBe(0o700)
    for (const name of await readdir(data)) {
      expect({ name, mode: (await stat(join(data, name))).mode & 0o077 }).toEqual({ name, mode: 0 })
      expect((await readFile(join(data, name))).includes(shown)).toBe(false)
    }
  })

  test('a port that was named and is taken is an error; the usual one gives way', async () => {
    await whileUp(['--json', '--no-sandbox'], async ({ url }) => {
      const { port } = new URL(url)
      const { exit, stderr } = await runCli(
        ['start', '--no-sandbox', '--data', join(folder, 'other'), '--port', port],
        { cwd: folder },
      )
      expect({ exit, stderr }).toMatchObject({ exit: 1, stderr: expect.stringContaining('hub/port-in-use') })
    })
  })
})

describe('start with a configuration file', () => {
  test('offers a sandbox and the provider side by side', async () => {
    const config = join(folder, 'hub.yaml')
    await writeFile(
      config,
      'integrations:\n  - {connector: clockwork, environment: production}\n  - {connector: clockwork, environment: sandbox, origin: sandbox}\n',
    )
    await whileUp(['--json', '--config', config], async (started) => {
      const { integrations } = await offered(started)
      expect(
        integrations.filter((offer) => 'provider' in offer && offer.provider === 'clockwork'),
      ).toMatchObject([{ environment: 'production' }, { environment: 'sandbox' }])
    })
  })

  test('a mistake is told with file and line, and nothing starts', async () => {
    await writeFile(join(folder, 'hub.yaml'), 'port: 4000\nbaseurl: https://x.example\nlog: loud\n')
    const { exit, stderr } = await runCli(['start', '--config', 'hub.yaml'], { cwd: folder })
    expect(exit).toBe(1)
    expect(stderr).toContain('hub.yaml:2: There is no setting "baseurl". Did you mean "baseUrl"?')
    expect(stderr).toContain('hub.yaml:3: log has to be one of error, warn, info, debug.')
    expect(await readdir(folder)).toEqual(['hub.yaml'])
  })
})

describe('start --once', () => {
  test('takes any free port for the sandbox where the usual one is taken, and says so', async () => {
    const sandbox = async () => ({
      ...(await import('../../src/sandbox/index.ts')),
      startProviderSandbox: async (_: string, { port }: { readonly port?: number } = {}) => {
        if (port === 0) return startSandbox({ port })
        throw new CliError('sandbox/port-in-use', { message: 'Port 4100 is taken.' })
      },
    })
    const { stdout, stderr, exit } = await runCli(['start', '--once', '--port', '0'], {
      cwd: folder,
      rooms: { sandbox },
    })
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: 'Port 4100 is taken. Taking a free one.\n' })
    expect(stdout.match(/✔/g)).toHaveLength(10)
    expect(await readdir(folder)).toEqual([])
  })

  test('exits with 1 when a part fails, says why, and goes on', async () => {
    const engine = await import('../../src/engine/index.ts')
    const rooms = {
      engine: async () => ({
        ...engine,
        runAction: (...call: Parameters<typeof engine.runAction>) => {
          if (call[1] === 'create_person') throw new TypeError('broken on purpose')
          return engine.runAction(...call)
        },
      }),
    }
    const args = ['start', '--once', '--json', '--port', '0']
    const { stdout, exit } = await runCli(args, { cwd: folder, rooms })
    expect(exit).toBe(1)
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  })
})
