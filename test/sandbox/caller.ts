import {
  type FirmCredentials,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../src/sandbox/index.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape it asks for
  readonly body: any
}

export type Caller = (method: string, path: string, body?: unknown) => Promise<Answer>

const open = new Set<Sandbox>()

/** Starts a sandbox on a free port; {@link closeSandboxes} ends it. */
export async function sandboxFor(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ port: 0, ...options })
  open.add(sandbox)
  return sandbox
}

export async function closeSandboxes(): Promise<void> {
  await Promise.all([...open].map((sandbox) => sandbox.close()))
  open.clear()
}

export function firmOf(sandbox: Sandbox, number = 0): FirmCredentials {
  const firm = sandbox.firms[number]
  if (firm === undefined) throw new Error(`no firm ${number}`)
  return firm
}

export function headersOf({ apiKey, apiSecret, firmServiceKey }: FirmCredentials): Record<string, string> {
  const token = Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')
  return { Authorization: `Token ${token}`, 'X-API-Key': firmServiceKey }
}

/** Calls the API of a firm as the sheet says it is called. Paths start below `/v3.0/<firm_name>`. */
export function callerOf(sandbox: Sandbox, number = 0): Caller {
  const firm = firmOf(sandbox, number)
  return (method, path, body) =>
    send(`${sandbox.origin}/v3.0/${firm.firmName}${path}`, method, headersOf(firm), body)
}

/** Calls the control endpoint. */
export function controlOf(sandbox: Sandbox): Caller {
  return (method, path, body) => send(`${sandbox.origin}/__sandbox${path}`, method, {}, body)
}

async function send(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) }
}
