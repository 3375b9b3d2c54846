import { MainspringError, NetworkError, ProviderError, StepError } from '../../errors/index.ts'
import { isRecord, type PreparedRequest, parseJson as readJson } from '../../http/index.ts'
import type { McpCall, McpParameters, RunContext } from '../../plan/index.ts'
import { toProviderError } from '../response/provider-error.ts'
import { emit, gateOf, type RunState, remainingMs } from '../run-state.ts'
import { withDigitsAsText, withExactNumbers } from './mcp-numbers.ts'
import type { StepOutcome } from './step-outcome.ts'

/**
 * A call to an MCP server by the official client, loaded at the first such call. Its requests go through our
 * transport: the same checks of addresses, limits, masking and trace as any other.
 */
export async function runMcp(
  call: McpCall,
  context: RunContext,
  run: RunState,
  step: string,
): Promise<StepOutcome> {
  const { Client, StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client')
  const parameters = call.read(context)
  const until =
    performance.now() + Math.min(remainingMs(run), parameters.timeoutMs ?? Number.POSITIVE_INFINITY)
  const timeLeft = (): number => Math.max(1, until - performance.now())
  const request = call.request.prepare(context, run.call.environment)
  const exchange = openExchange(request, run, step, timeLeft)
  const client = new Client({ name: 'mainspring', version: run.call.plan.version || '0' })
  const transport = new StreamableHTTPClientTransport(new URL(request.url), { fetch: exchange.fetch })
  const options = {
    // The transport ends what takes too long, and says whether a write may have happened.
    timeout: timeLeft() + 1000,
    ...(run.options.signal === undefined ? {} : { signal: run.options.signal }),
  }
  try {
    await client.connect(transport, options)
    if (parameters.method === 'tools/list') {
      const { tools } = await client.listTools(undefined, options)
      return { output: { data: tools, raw: { tools }, statusCode: 200, message: 'OK' } }
    }
    if (parameters.method !== 'tools/call' || parameters.toolName === undefined)
      throw new StepError('step/failed', {
        message: 'mcp_request needs the method tools/list, or tools/call with a toolName.',
      })
    const result = await client.callTool(
      {
        name: parameters.toolName,
        arguments: withExactNumbers({ ...parameters.arguments }) as Record<string, unknown>,
      },
      options,
    )
    return toOutcome(result, parameters)
  } catch (error) {
    throw exchange.failure() ?? wordError(error, parameters, timeLeft() <= 1)
  } finally {
    await client.close().catch(() => {})
  }
}

interface Exchange {
  readonly fetch: (url: string | URL, init?: RequestInit) => Promise<Response>
  /** Why an exchange failed, where one did: the client words it less well. */
  readonly failure: () => MainspringError | undefined
}

/** The client's idea of the network: our transport, with the address, authorization and secrets of the step. */
function openExchange(
  prepared: PreparedRequest,
  run: RunState,
  step: string,
  timeLeft: () => number,
): Exchange {
  let failure: MainspringError | undefined
  const { authorization: _, ...shared } = Object.fromEntries(
    Object.entries(prepared.headers).filter(([name]) => name !== 'accept' && name !== 'content-type'),
  )
  const send = async (init: RequestInit): Promise<Response> => {
    const own = Object.fromEntries(new Headers(init.headers))
    const method = init.method ?? 'POST'
    // Nothing is listened to between calls, so the stream that the client would open is declined here.
    if (method === 'GET') return new Response(null, { status: 405 })
    const authorization = prepared.headers['authorization']
    const effect = callsTool(init.body) ? prepared.effect : 'read'
    const response = await run.transport.send(
      {
        ...prepared,
        method,
        effect,
        repeatable: effect === 'read',
        headers: { ...shared, ...own, ...(authorization === undefined ? {} : { authorization }) },
        ...(typeof init.body === 'string' ? { body: init.body } : {}),
      },
      {
        timeoutMs: timeLeft(),
        signal: run.options.signal,
        gate: gateOf(run),
        observe: run.options.observer && ((event) => emit(run, { type: 'http', step, event })),
      },
    )
    run.requests += response.attempts
    run.status = response.status
    if (response.status === 401 || response.status === 403 || response.status === 429)
      throw toProviderError({
        request: prepared,
        status: response.status,
        received: response.status,
        carrier: undefined,
        partial: false,
        providerMessage: undefined,
        requestId: undefined,
        retryAfterMs: undefined,
      })
    const { 'content-encoding': _encoding, 'content-length': _length, ...headers } = response.headers
    const empty = response.status === 202 || response.status === 204 || response.status === 304
    const text =
      prepared.original === true ? response.text : withDigitsAsText(response.text, headers['content-type'])
    return new Response(empty ? null : text, { status: response.status, headers })
  }
  return {
    failure: () => failure,
    fetch: async (_url, init = {}) => {
      try {
        return await send(init)
      } catch (error) {
        if (error instanceof MainspringError) failure = error
        throw error
      }
    },
  }
}

/** What a tool gives: its structured content, else its only text read as JSON, else its content. */
function toOutcome(result: Readonly<Record<string, unknown>>, { toolName }: McpParameters): StepOutcome {
  const content = Array.isArray(result['content']) ? result['content'] : []
  const [only, ...more] = content.filter(isRecord)
  const text = more.length === 0 && only?.['type'] === 'text' ? String(only['text']) : undefined
  const data = result['structuredContent'] ?? (text === undefined ? content : (parseJson(text) ?? content))
  if (result['isError'] !== true) return { output: { data, raw: result, statusCode: 200, message: 'OK' } }
  const message = `The tool "${toolName}" reports an error${text === undefined ? '.' : `: ${text.slice(0, 500)}`}`
  return {
    output: { data, raw: result, statusCode: 502, message },
    error: new ProviderError('provider/failed', {
      message,
      status: 502,
      retryable: false,
      ...(text === undefined ? {} : { providerMessage: text.slice(0, 500) }),
    }),
  }
}

/** All else that the client sends changes nothing: greetings, lists, notices. */
function callsTool(body: RequestInit['body']): boolean {
  const message = typeof body === 'string' ? parseJson(body) : undefined
  return isRecord(message) && message['method'] === 'tools/call'
}

function parseJson(text: string): unknown {
  try {
    return readJson(text)
  } catch {
    return undefined
  }
}

/** What the client threw, in our words. A server's own message is the provider's; it came masked by the transport. */
function wordError(error: unknown, { method, toolName }: McpParameters, late: boolean): MainspringError {
  if (error instanceof MainspringError) return error
  const subject = toolName === undefined ? method : `${method} of "${toolName}"`
  if (late) return new NetworkError('network/timeout', { message: `No answer to ${subject} came in time.` })
  const words = error instanceof Error ? error.message.slice(0, 500) : undefined
  return new ProviderError('provider/failed', {
    message: `The MCP server did not carry out ${subject}${words === undefined ? '.' : `: ${words}`}`,
    status: 502,
    retryable: false,
    ...(words === undefined ? {} : { providerMessage: words }),
  })
}
