import { PassThrough, Readable, Writable } from 'node:stream'
import { describe, expect, test } from '@jest/globals'
import { main } from '../../src/cli/command-line.ts'
import type { Rooms } from '../../src/cli/rooms.ts'
import { NetworkError, WriteOutcomeUnknownError } from '../../src/errors/index.ts'
import { repository, runCli } from './run-cli.ts'

const env = {
  MAINSPRING_CLOCKWORK_FIRM_NAME: 'acme',
  MAINSPRING_CLOCKWORK_API_KEY: 'key-1',
  MAINSPRING_CLOCKWORK_API_SECRET: 'secret-1',
  MAINSPRING_CLOCKWORK_FIRM_SERVICE_KEY: 'service-1',
}

type Engine = Awaited<ReturnType<Rooms['engine']>>

function engine(parts: Partial<Engine>): Partial<Rooms> {
  const never = () => {
    throw new Error('not expected')
  }
  return {
    engine: async () => ({
      runAction: never,
      iterateAction: never,
      explainAction: () => ({ requests: [], notes: [] }),
      ...parts,
    }),
  }
}

describe('an interrupted run', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('after %s the engine is told, nothing is printed, and the code is %i', async (name, code) => {
    const interruption = new AbortController()
    const rooms = engine({
      runAction: async (_plan, _action, options) => {
        interruption.abort(name)
        expect(options?.signal?.aborted).toBe(true)
        throw new NetworkError('call/aborted', { message: 'The call was ended.' })
      },
    })
    const run = await runCli(['run', 'clockwork_list_people'], { env, rooms, signal: interruption.signal })
    expect(run).toEqual({ stdout: '', stderr: '', exit: code })
  })

  test('a write whose fate is unknown is told all the same', async () => {
    const interruption = new AbortController()
    const rooms = engine({
      runAction: async () => {
        interruption.abort('SIGINT')
        throw new WriteOutcomeUnknownError({ message: 'The request had been sent.' })
      },
    })
    const args = ['run', 'clockwork_create_person', '--input', 'name=A']
    const { stderr, exit } = await runCli(args, { env, rooms, signal: interruption.signal })
    expect({ stderr, exit }).toMatchObject({
      exit: 130,
      stderr: expect.stringContaining('write/outcome-unknown'),
    })
  })
})

test('Ctrl-C ends a wait for inputs', async () => {
  const interruption = new AbortController()
  // Nobody types anything but Ctrl-C.
  const stdin = new Readable({
    read: () => setImmediate(() => interruption.abort('SIGINT')),
  })
  const exit = await main(['run', 'clockwork_list_people', '--inputs', '-'], {
    stdin,
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    terminal: { stdin: true, stdout: true, stderr: true },
    env,
    cwd: repository,
    signal: interruption.signal,
  })
  expect(exit).toBe(130)
})

describe('a reader that goes away', () => {
  test('ends the listing quietly', async () => {
    let given = 0
    let ended = false
    const rooms = engine({
      async *iterateAction() {
        try {
          for (; given < 1_000_000; given++) yield { id: given, text: 'x'.repeat(1000) }
        } finally {
          ended = true
        }
      },
    })
    const stderr: string[] = []
    const stdout = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
      },
    })
    const exit = await main(['run', 'clockwork_list_people', '--all', '--out', 'ndjson'], {
      stdin: Readable.from(['']),
      stdout,
      stderr: new Writable({
        write(chunk, _encoding, done) {
          stderr.push(String(chunk))
          done()
        },
      }),
      terminal: { stdin: false, stdout: false, stderr: false },
      env,
      cwd: repository,
      signal: new AbortController().signal,
      rooms,
    })
    expect({ exit, stderr, ended }).toEqual({ exit: 0, stderr: [], ended: true })
    expect(given).toBeLessThan(1000)
  })

  test('sets the pace: no more rows are taken than it has read, but for a chunk', async () => {
    let given = 0
    const rooms = engine({
      async *iterateAction() {
        for (; given < 2000; given++) yield { id: given, text: 'x'.repeat(1000) }
      },
    })
    let read = 0
    let most = 0
    const stdout = new Writable({
      highWaterMark: 1,
      write(chunk: Buffer, _encoding, done) {
        read += chunk.toString().split('\n').length - 1
        setImmediate(() => {
          most = Math.max(most, given - read)
          done()
        })
      },
    })
    const exit = await main(['run', 'clockwork_list_people', '--all', '--out', 'ndjson'], {
      stdin: Readable.from(['']),
      stdout,
      stderr: new Writable({ write: (_chunk, _encoding, done) => done() }),
      terminal: { stdin: false, stdout: false, stderr: false },
      env,
      cwd: repository,
      signal: new AbortController().signal,
      rooms,
    })
    expect({ exit, read }).toEqual({ exit: 0, read: 2000 })
    expect(most).toBeLessThan(200)
  })
})

test('the options of a run reach the engine as they are meant', async () => {
  let seen: unknown
  const rooms = engine({
    runAction: async (_plan, action, options) => {
      seen = { action, ...options, credentials: Object.keys(options?.credentials ?? {}), signal: undefined }
      return { data: null, meta: { action, requests: 0, durationMs: 0 } }
    },
  })
  const args = [
    '--timeout',
    '1.5s',
    '--authentication',
    'custom',
    '--environment',
    'production',
    '--preview',
    '--allow-writes',
  ]
  const { authentications } = await (await import('../../src/catalog/index.ts'))
    .openCatalog(`${repository}connectors`)
    .then((catalog) => catalog.connector('clockwork'))
  args[3] = authentications[0]?.key ?? ''
  await runCli(
    ['run', 'clockwork_list_people', '--input', 'page_size=3', '--origin', 'http://127.0.0.1:9/', ...args],
    { env, rooms },
  )
  expect(seen).toEqual({
    action: 'list_people',
    inputs: { page_size: 3 },
    credentials: ['firmName', 'apiKey', 'apiSecret', 'firmServiceKey'],
    timeoutMs: 1500,
    authentication: args[3],
    environment: 'production',
    origin: 'http://127.0.0.1:9',
    allowPreview: true,
    allowWrites: true,
  })
})
