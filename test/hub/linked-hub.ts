import type { HubOptions } from '../../src/hub/index.ts'
import type { SandboxOptions } from '../../src/sandbox/index.ts'
import { clockworkSandbox, startTestHub, type TestHub } from './start-hub.ts'

/** What an answer was, parsed where it is JSON. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
  readonly text: string
  readonly body: Record<string, unknown>
}

export interface CallOptions {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A test hub with one linked account of Clockwork's sandbox, called in process. */
export interface LinkedHub extends TestHub {
  readonly accountId: string
  /** Another account, of another owner. */
  link(ownerId: string): Promise<string>
  /** With the first key, unless `headers` has another. */
  call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    options?: CallOptions,
  ): Promise<Answer>
  rpc(action: string, parts?: object, headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** Headers of a caller with a new key. */
  createKey(wish: {
    readonly scopes?: readonly ('read' | 'write' | 'admin')[]
    readonly accountId?: string
    readonly projectId?: string
  }): Promise<{ readonly id: string; readonly authorization: string }>
}

export async function startLinkedHub(
  options: Partial<HubOptions> & { readonly sandbox?: SandboxOptions } = {},
): Promise<LinkedHub> {
  const running = await startTestHub(options)
  const { hub, authorization, credentials } = running
  const link = async (ownerId: string) => {
    const result = await hub.services.linking.link(
      { projectId: 'default', owner: { id: ownerId, name: ownerId }, actor: { kind: 'system' } },
      { integrationId: clockworkSandbox, values: credentials },
    )
    if (!result.linked) throw new Error(`Not linked: ${result.failure.headline}`)
    return result.account.id
  }
  const accountId = await link('customer-1')
  const call: LinkedHub['call'] = async (method, path, { body, headers = {} } = {}) => {
    const response = await hub.app.inject({
      method,
      url: path,
      headers: { ...authorization, ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const json = String(response.headers['content-type']).includes('application/json')
    return {
      status: response.statusCode,
      headers: response.headers,
      text: response.body,
      body: json && response.body !== '' ? response.json() : {},
    }
  }
  return {
    ...running,
    accountId,
    link,
    call,
    rpc: (action, parts = {}, headers = {}) =>
      call('POST', '/actions/rpc', {
        body: { action, ...parts },
        headers: { 'x-account-id': accountId, ...headers },
      }),
    async createKey({ scopes, accountId: bound, projectId = 'default' }) {
      const { key, record } = await hub.services.keys.create(
        projectId,
        {
          name: 'Test',
          ...(scopes === undefined ? {} : { scopes }),
          ...(bound === undefined ? {} : { accountId: bound }),
        },
        { kind: 'system' },
      )
      return { id: record.id, authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` }
    },
  }
}
