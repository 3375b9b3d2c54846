import type { ConnectorPlan } from '../plan/index.ts'
import { actionTable, clientName, tableName } from './action-text.ts'

/** How a client calls a hub: plain fetch, no dependency. */
export const hubRuntime = `export interface HubOptions {
  /** Address of the hub: \`https://hub.example.com\`. */
  readonly baseUrl: string
  /** An API key of the hub. */
  readonly apiKey: string
  /** The linked account whose credentials are used. */
  readonly accountId: string
  readonly fetch?: typeof fetch
}

/** The hub refused the call, or the provider did. */
export class HubError extends Error {
  override readonly name = 'HubError'
  /** HTTP status of the hub's answer. */
  readonly status: number
  /** Stable, such as \`provider/rate-limited\`; absent where something before the hub answered. */
  readonly code: string | undefined
  /** What to do. */
  readonly hint: string | undefined
  readonly retryable: boolean
  readonly requestId: string | undefined

  constructor(status: number, body: JsonObject) {
    const text = (key: string) => (typeof body[key] === 'string' ? (body[key] as string) : undefined)
    super(text('message') ?? \`The hub answered \${status}.\`)
    this.status = status
    this.code = text('code')
    this.hint = text('hint')
    this.retryable = body['retryable'] === true
    this.requestId = text('request_id')
  }
}

async function callHub(hub: HubOptions, entry: ActionEntry, inputs: JsonObject, options: CallOptions) {
  const parts: Record<string, Record<string, unknown>> = {}
  for (const [name, value] of Object.entries(inputs)) {
    if (value === undefined) continue
    const place = entry.places?.[name] ?? 'body'
    parts[place] = { ...parts[place], [name]: value }
  }
  const send = hub.fetch ?? fetch
  const response = await send(\`\${hub.baseUrl.replace(/\\/$/, '')}/actions/rpc\`, {
    method: 'POST',
    headers: {
      authorization: \`Basic \${btoa(\`\${hub.apiKey}:\`)}\`,
      'content-type': 'application/json',
      'x-account-id': hub.accountId,
    },
    body: JSON.stringify({ action: entry.id, ...parts }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  })
  const body: unknown = await response.json().catch(() => ({}))
  const answer = (typeof body === 'object' && body !== null ? body : {}) as JsonObject
  if (!response.ok) throw new HubError(response.status, answer)
  const next = answer['next']
  return { data: answer['data'], ...(typeof next === 'string' && next !== '' ? { next } : {}) }
}

function connect(hub: HubOptions, table: Readonly<Record<string, ActionEntry>>): unknown {
  const methods = Object.entries(table).map(([name, entry]) => {
    const call = (inputs: JsonObject = {}, options: CallOptions = {}) => callHub(hub, entry, inputs, options)
    if (entry.cursor === undefined) return [name, call]
    const cursor = entry.cursor
    async function* all(inputs: JsonObject = {}, options: CallOptions = {}) {
      for (let page = await call(inputs, options); ; page = await call({ ...inputs, [cursor]: page.next }, options)) {
        yield* page.data as Iterable<unknown>
        if (page.next === undefined) return
      }
    }
    return [name, Object.assign(call, { all })]
  })
  return Object.fromEntries(methods)
}
`

/** The function that makes the client of one connector. */
export function hubFactory(plan: ConnectorPlan): string {
  const name = clientName(plan)
  return `/** The actions of a linked ${plan.title} account, run by a hub. */
export function create${name}(hub: HubOptions): ${name} {
  return connect(hub, ${tableName(plan)}) as ${name}
}

const ${tableName(plan)}: Readonly<Record<string, ActionEntry>> = ${actionTable(plan)}
`
}
