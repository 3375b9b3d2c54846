import { appendFileSync } from 'node:fs'
import { createTransport } from '../../src/engine/index.ts'
import { createHub, type HubOptions } from '../../src/hub/index.ts'
import { loopback } from '../fixtures/loopback.ts'
import { testApiKey } from './start-hub.ts'

/** Where a hub ends itself as `kill -9` would: at these points of the next token call. */
export type KillPoint = 'before-send' | 'answered' | 'recorded' | 'stored'

/** What a process of a hub is started with, as JSON. */
export interface TokenHubSetting {
  readonly options: Pick<
    HubOptions,
    'connectors' | 'dataFolder' | 'databaseUrl' | 'databaseSchema' | 'masterKey'
  >
  readonly killAt?: KillPoint
  /** Where it notes the refresh tokens that it has written durably, a line each. */
  readonly journal?: string
  readonly port?: number
}

export interface RunningHub {
  readonly url: string
  close(): Promise<void>
}

/** A hub of the consent connector. In a process of its own it can be told where to end. */
export async function startTokenHub({
  options,
  killAt,
  journal,
  port = 0,
}: TokenHubSetting): Promise<RunningHub & { readonly hub: Awaited<ReturnType<typeof createHub>> }> {
  const transport = createTransport({ network: loopback })
  const endAt = (point: KillPoint) => {
    if (point === killAt) process.kill(process.pid, 'SIGKILL')
  }
  const note = (line: string) => {
    if (journal !== undefined) appendFileSync(journal, `${line}\n`)
  }
  const answered = new Set<string>()
  /** Of the transactions under way. */
  const tokensIn = new WeakMap<object, string[]>()
  let writes = 0
  const committed = (tokens: readonly string[]) => {
    for (const token of tokens) note(token)
    if (tokens.length === 0) return
    writes += 1
    endAt(writes === 1 ? 'recorded' : 'stored')
  }
  const hub = await createHub({
    integrations: [],
    apiKey: testApiKey,
    ...options,
    transport: {
      close: () => transport.close(),
      async send(request, sending) {
        const isToken = request.url.endsWith('/token')
        if (isToken) endAt('before-send')
        const response = await transport.send(request, sending)
        if (isToken && response.status === 200) {
          endAt('answered')
          const { refresh_token: token } = JSON.parse(response.text) as { refresh_token: string }
          answered.add(token)
        }
        return response
      },
    },
  })
  const { store, vault } = hub.services
  const { transaction } = store
  const { write, replace } = vault
  const noteIn = (repositories: object, value: object) => {
    const text = JSON.stringify(value)
    const tokens = [...answered].filter((token) => text.includes(token))
    if (repositories === store) committed(tokens)
    else tokensIn.get(repositories)?.push(...tokens)
  }
  // One object each, which all services share.
  Object.assign(vault, {
    async write(...given: Parameters<typeof write>) {
      await write(...given)
      noteIn(given[0], given[2])
    },
    async replace(...given: Parameters<typeof replace>) {
      const version = await replace(...given)
      noteIn(given[0], given[3])
      return version
    },
  })
  Object.assign(store, {
    async transaction(work: Parameters<typeof transaction>[0]) {
      const tokens: string[] = []
      const value = await transaction((repositories) => {
        tokensIn.set(repositories, tokens)
        return work(repositories)
      })
      committed(tokens)
      return value
    },
  })
  const url = await hub.listen({ port })
  return { hub, url, close: () => hub.close() }
}
