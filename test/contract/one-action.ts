import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll } from '@jest/globals'
import {
  type ConnectorPlan,
  compileConnector,
  loadConnector,
  type RunOptions,
  runAction,
} from '../../src/index.ts'

/** A request as the provider saw it. */
export interface SeenRequest {
  readonly method: string
  /** As it was sent, query included. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export type Answer = (request: SeenRequest, response: ServerResponse, number: number) => void

/** One provider on loopback for all tests of a file, and connectors of one action made for each. */
export interface Workbench {
  readonly seen: SeenRequest[]
  origin(): string
  /** What the provider answers from now on. */
  answer(answer: Answer): void
  /** A plan of one action `act` with these steps, in JSON or YAML; everything else of the connector may be given. */
  plan(action: ActionParts): Promise<ConnectorPlan>
  /** Runs `act` of it. */
  run(action: ActionParts | ConnectorPlan, options?: RunOptions): ReturnType<typeof runAction>
}

export interface ActionParts {
  readonly steps: readonly unknown[]
  readonly result?: unknown
  readonly inputs?: readonly unknown[]
  readonly authentication?: readonly unknown[]
  /** Further keys of the action. */
  readonly action?: Readonly<Record<string, unknown>>
  /** Further keys of the connector. */
  readonly connector?: Readonly<Record<string, unknown>>
}

const noAuthentication = [
  {
    none: {
      type: 'custom',
      label: 'None',
      authorization: { type: 'none' },
      environments: [{ key: 'production', name: 'P' }],
    },
  },
]

export function createWorkbench(): Workbench {
  const seen: SeenRequest[] = []
  const folders: string[] = []
  let answer: Answer = (_, response) => response.end()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('error', () => {})
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const one = { method, url, headers, body: Buffer.concat(chunks) }
      seen.push(one)
      answer(one, response, seen.length)
    })
  })
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
  afterEach(() => {
    seen.length = 0
  })
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    for (const folder of folders) await rm(folder, { recursive: true, force: true })
  })

  const plan = async ({ steps, result, inputs, authentication, action, connector }: ActionParts) => {
    const folder = await mkdtemp(join(tmpdir(), 'mainspring-contract-'))
    folders.push(folder)
    // JSON is YAML, so that a test can be written as data.
    const definition = {
      StackOne: '1.0.0',
      info: { title: 'T', key: 't', version: '1.0.0', description: 'd' },
      baseUrl: 'https://api.example.com/v1',
      authentication: authentication ?? noAuthentication,
      ...connector,
      actions: [
        {
          actionId: 'act',
          label: 'Act',
          description: 'Acts.',
          categories: ['ats'],
          actionType: 'custom',
          ...action,
          inputs: inputs ?? [],
          steps,
          result: result ?? { data: '$.steps.get.output.data' },
        },
      ],
    }
    await writeFile(join(folder, 't.connector.s1.yaml'), JSON.stringify(definition, null, 1))
    const { model, diagnostics } = await loadConnector(folder)
    if (model === null) throw new Error(JSON.stringify(diagnostics, null, 1))
    return compileConnector(model)
  }
  return {
    seen,
    origin,
    answer(next) {
      answer = next
    },
    plan,
    run: async (action, options = {}) =>
      runAction('steps' in action ? await plan(action) : action, 'act', { origin: origin(), ...options }),
  }
}

/** A step `get` that calls `functionName` with these parameters. */
export function stepOf(
  functionName: string,
  parameters: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
  version = '1',
): Record<string, unknown> {
  return { stepId: 'get', description: 'd', stepFunction: { functionName, version, parameters }, ...more }
}

/** An action of one `request` step. */
export function requestOf(
  parameters: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
): ActionParts {
  return { steps: [stepOf('request', { url: '/x', method: 'get', ...parameters }, more)] }
}

export function sendJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
