import { describe, expect, test } from '@jest/globals'
import type { Rooms } from '../../src/cli/rooms.ts'
import { ProviderError } from '../../src/errors/index.ts'
import { runCli } from './run-cli.ts'

const canaries = {
  firmName: 'acme',
  apiKey: 'c4nary"k\\ey',
  apiSecret: "c4nary-secret/+ü'",
  firmServiceKey: ' c4nary service ',
}
const env = {
  MAINSPRING_CLOCKWORK_FIRM_NAME: canaries.firmName,
  MAINSPRING_CLOCKWORK_API_KEY: canaries.apiKey,
  MAINSPRING_CLOCKWORK_API_SECRET: canaries.apiSecret,
  MAINSPRING_CLOCKWORK_FIRM_SERVICE_KEY: canaries.firmServiceKey,
}
const token = Buffer.from(`${canaries.apiKey}:${canaries.apiSecret}`).toString('base64')
const echo = {
  [canaries.apiKey]: canaries.apiSecret,
  nested: [
    { token, service: canaries.firmServiceKey.trim(), url: `/?k=${encodeURIComponent(canaries.apiSecret)}` },
  ],
  firm: canaries.firmName,
}
const text = Object.values(canaries).join(' ') + token

/** An engine that hands back what it was given, in every place that gets printed. */
const echoing: Partial<Rooms> = {
  engine: async () => ({
    async runAction(_plan, action, { observer } = {}) {
      observer?.({ type: 'run-failed', action: text, atMs: 0, durationMs: 0, code: text, message: text })
      observer?.({
        type: 'http',
        action,
        atMs: 1,
        step: 'one',
        event: {
          type: 'request',
          method: 'GET',
          urlTemplate: '/',
          attempt: 1,
          url: `/?${text}`,
          headers: { authorization: text },
        },
      })
      if (action === 'get_note') {
        throw new ProviderError('provider/refused', {
          message: text,
          hint: text,
          providerMessage: text,
          requestId: text,
        })
      }
      return { data: [echo], next: text, meta: { action, requests: 1, durationMs: 1, warnings: [text] } }
    },
    async *iterateAction() {
      yield echo
      yield text
    },
    explainAction: () => ({
      requests: [
        {
          step: 'one',
          method: 'POST',
          url: `https://x/${text}`,
          headers: { 'x-api-key': text },
          body: echo,
          bodyText: text,
          retry: { safe: true, because: 'reads' } as const,
          notes: [],
          sources: [],
        },
      ],
      notes: [text],
    }),
  }),
}

const list = ['run', 'clockwork_list_people']
const note = ['run', 'clockwork_get_note', '--input', 'note_id=1']
const explain = ['explain', 'clockwork_create_person', '--input', 'name=A']

describe('no secret leaves, whatever the engine hands back', () => {
  test.each([
    [list],
    [[...list, '--json', '--trace']],
    [[...list, '--trace', '--out', 'table']],
    [[...list, '--out', 'ndjson']],
    [[...list, '--out', 'csv']],
    [[...list, '--all']],
    [[...list, '--all', '--out', 'csv']],
    [[...list, '--all', '--out', 'ndjson', '--json']],
    [[...note, '--trace']],
    [[...note, '--json']],
    [explain],
    [[...explain, '--as', 'curl']],
    [[...explain, '--as', 'har']],
    [[...explain, '--json']],
  ])('%j', async (args) => {
    const { stdout, stderr } = await runCli(args, { env, rooms: echoing })
    const printed = stdout + stderr
    expect(printed).toContain('***')
    expect(printed).not.toMatch(/c4nary/i)
    expect(printed).not.toContain(token)
  })

  test('hiding keeps JSON what it is, and shows what is no secret', async () => {
    const { stdout } = await runCli(list, { env, rooms: echoing })
    expect(JSON.parse(stdout).data[0]).toMatchObject({ '***': '***', firm: 'acme' })
  })

  test('a secret of a letter or two spoils nothing that is printed', async () => {
    const data = { name: 'abc' }
    const rooms: Partial<Rooms> = {
      engine: async () => ({
        ...(await (echoing.engine as Rooms['engine'])()),
        runAction: async () => ({ data, meta: { action: 'a', requests: 1, durationMs: 1 } }),
      }),
    }
    const { stdout } = await runCli(list, { env: { ...env, MAINSPRING_CLOCKWORK_API_KEY: 'a' }, rooms })
    expect(JSON.parse(stdout)).toEqual({ data, next: null })
  })

  test('a secret that is a number in the data leaves the JSON whole', async () => {
    const rooms: Partial<Rooms> = {
      engine: async () => ({
        ...(await (echoing.engine as Rooms['engine'])()),
        runAction: async () => ({
          data: { count: 4711, text: 'x4711' },
          meta: { action: 'a', requests: 1, durationMs: 1 },
        }),
      }),
    }
    const { stdout } = await runCli(list, { env: { ...env, MAINSPRING_CLOCKWORK_API_KEY: '4711' }, rooms })
    expect(JSON.parse(stdout)).toEqual({ data: { count: 4711, text: 'x***' }, next: null })
  })

  test('a foreign error tells nothing but its class and place', async () => {
    const rooms: Partial<Rooms> = {
      engine: async () => ({
        ...(await (echoing.engine as Rooms['engine'])()),
        runAction: async () => {
          throw Object.assign(new TypeError(`boom ${text}`), {
            options: { headers: { authorization: token } },
          })
        },
      }),
    }
    const { stderr, exit } = await runCli([...list, '--json'], { env, rooms })
    expect(exit).toBe(1)
    expect(JSON.parse(stderr).error).toMatchObject({
      code: 'internal/bug',
      message: expect.stringContaining('TypeError'),
    })
    expect(stderr).not.toMatch(/c4nary|boom/)
  })
})
