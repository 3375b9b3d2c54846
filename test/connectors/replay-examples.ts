import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import nock from 'nock'
import { runAction } from '../../src/engine/index.ts'
import { type ConnectorPlan, compileConnector, loadConnector } from '../../src/plan/index.ts'

interface ExampleExchange {
  readonly request: {
    readonly method: string
    /** Scheme and host; left out where all examples of the connector have one. */
    readonly host?: string
    readonly path: string
    readonly query?: Readonly<Record<string, string>>
    readonly headers?: Readonly<Record<string, string>>
    /** A JSON value; or the text of other bodies, with `***` for the password. */
    readonly body?: unknown
  }
  readonly response: { readonly status: number; readonly body: unknown }
}

/** One example of an action: what is given, what must be sent, what is answered, and what comes of it. */
export interface Example extends ExampleExchange {
  readonly inputs: Readonly<Record<string, unknown>>
  /** The requests after the first one. */
  readonly then?: readonly ExampleExchange[]
  readonly data: unknown
  readonly next?: boolean
}

/** What the examples of one connector have in common. */
export interface Replay {
  readonly credentials: Readonly<Record<string, string>>
  readonly host?: string
  /** Headers that every request must have; the access token as bearer where it is left out. */
  readonly headers?: Readonly<Record<string, string>>
  /** Content type of answers that are texts. */
  readonly textType?: string
}

/**
 * Replays `examples/` of a connector, each byte of a request compared, and checks that every action has one, that the
 * connector loads without a complaint, and that its guide tells of every field that is asked for.
 */
export async function replayExamples(
  folder: string,
  { credentials, host, headers, textType = 'application/octet-stream' }: Replay,
): Promise<ConnectorPlan> {
  const { model, diagnostics } = await loadConnector(folder)
  if (model === null) throw new Error(JSON.stringify(diagnostics, null, 2))
  const plan = compileConnector(model)
  const examples = readdirSync(join(folder, 'examples')).map(
    (file) =>
      [
        file.replace(/\.json$/, ''),
        JSON.parse(readFileSync(join(folder, 'examples', file), 'utf8')) as Example,
      ] as const,
  )
  beforeAll(() => nock.disableNetConnect())
  afterEach(() => nock.cleanAll())
  afterAll(() => {
    nock.enableNetConnect()
    nock.restore()
  })

  describe(`the examples of ${plan.key}`, () => {
    test('loads without a complaint', () => expect(diagnostics).toEqual([]))

    test('every action has one, and no example is of nothing', () => {
      expect(examples.map(([id]) => id).toSorted()).toEqual(plan.actions.map(({ id }) => id).toSorted())
    })

    const answer = ({ request, response }: ExampleExchange, sent: unknown[]) => {
      const { body } = response
      return nock(request.host ?? host ?? '', {
        reqheaders: {
          ...(headers ?? { authorization: `Bearer ${credentials['accessToken']}` }),
          ...request.headers,
        },
      })
        .intercept(request.path, request.method, (seen: unknown) => sent.push(seen) > 0)
        .query({ ...request.query })
        .reply(response.status, typeof body === 'string' ? body : JSON.stringify(body), {
          'content-type': typeof body === 'string' ? textType : 'application/json',
        })
    }
    const textOf = ({ request: { body } }: ExampleExchange) => {
      if (typeof body === 'string') return body.replace('***', credentials['password'] ?? '***')
      return body === undefined ? '' : JSON.stringify(body)
    }

    test.each(examples)('%s sends exactly this and gives exactly that', async (id, example) => {
      const exchanges = [example, ...(example.then ?? [])]
      const sent: unknown[] = []
      const scopes = exchanges.map((exchange) => answer(exchange, sent))
      const { data, next } = await runAction(plan, id, { inputs: example.inputs, credentials })
      for (const scope of scopes) scope.done()
      // Parsed where it is JSON; written again it is the text that was sent, the order of keys included.
      expect(sent.map((seen) => (typeof seen === 'string' ? seen : JSON.stringify(seen)))).toEqual(
        exchanges.map(textOf),
      )
      expect(data).toEqual(example.data)
      expect(next !== undefined).toBe(example.next === true)
    })

    test('the guide tells where to find every field that is asked for', () => {
      for (const { guide, configFields = [], setupFields = [] } of plan.authentications) {
        const told = (guide?.sections ?? []).flatMap(({ steps }) =>
          steps.flatMap(({ fields = [] }) => fields),
        )
        expect(new Set(told)).toEqual(new Set([...configFields, ...setupFields].map(({ key }) => key)))
      }
    })

    test('every action says how well it is known, and none claims to be proven', () => {
      for (const { id, evidence, stage } of plan.actions)
        expect({ id, evidence, stage }).toMatchObject({
          id,
          stage: 'beta',
          evidence: { request: 'C', response: 'C' },
        })
    })
  })
  return plan
}
