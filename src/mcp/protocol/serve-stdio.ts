import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { readExactJson } from '../../http/index.ts'
import { answerRequest } from './answer-request.ts'
import { errorAnswer, type RpcRequest, readMessage, rpcCodes } from './json-rpc.ts'
import type { McpService } from './mcp-service.ts'
import { callKey, RunningCalls } from './running-calls.ts'
import { claimedVersion, envelopeVersion } from './versions.ts'

/**
 * Serves one client over lines of JSON until its input ends or the signal is raised; the signal cancels the calls that
 * still run, the end of the input lets them finish. All have ended when this resolves.
 *
 * @param write - takes one line, without its end
 */
export async function serveStdio(
  service: McpService,
  input: Readable,
  write: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const running = new RunningCalls()
  const open = new Set<Promise<void>>()
  const send = (message: unknown) => write(JSON.stringify(message))
  const lines = createInterface({ input, signal, crlfDelay: Number.POSITIVE_INFINITY })
  lines.on('line', (line) => {
    if (line.trim() === '') return
    const served = take(line, service, running, send)
    if (served === undefined) return
    open.add(served)
    served.finally(() => open.delete(served))
  })
  await new Promise<void>((resolve) => lines.once('close', resolve))
  const cancelAll = () => running.cancelAll()
  if (signal.aborted) cancelAll()
  signal.addEventListener('abort', cancelAll)
  await Promise.allSettled(open)
  signal.removeEventListener('abort', cancelAll)
}

function take(
  line: string,
  service: McpService,
  running: RunningCalls,
  send: (message: unknown) => void,
): Promise<void> | undefined {
  const value = parse(line)
  if (value === undefined) {
    send(errorAnswer(null, rpcCodes.parseError, 'The line is no JSON.'))
    return undefined
  }
  const message = readMessage(value)
  if (message.kind === 'invalid') send(errorAnswer(message.id, rpcCodes.invalidRequest, message.why))
  if (message.kind === 'notification' && message.notification.method === 'notifications/cancelled') {
    const { requestId } = message.notification.params
    if (typeof requestId === 'string' || typeof requestId === 'number')
      running.cancel(callKey(service.principal, '', requestId))
  }
  return message.kind === 'request' ? answer(message.request, service, running, send) : undefined
}

async function answer(
  request: RpcRequest,
  service: McpService,
  running: RunningCalls,
  send: (message: unknown) => void,
): Promise<void> {
  const claimed = claimedVersion(request.params)
  if (claimed !== undefined && claimed !== envelopeVersion) {
    const data = { supported: [envelopeVersion], requested: claimed }
    send(
      errorAnswer(
        request.id,
        rpcCodes.unsupportedVersion,
        `The protocol version ${claimed} is not known here.`,
        data,
      ),
    )
    return
  }
  const era = claimed === undefined ? 'handshake' : 'envelope'
  const key = callKey(service.principal, '', request.id)
  let cancelled = false
  const reply = await running.during(key, undefined, (signal) => {
    signal.addEventListener('abort', () => {
      cancelled = true
    })
    return answerRequest(service, request, { era, signal, notify: send })
  })
  // A cancelled request is not answered.
  if (!cancelled) send(reply)
}

function parse(line: string): unknown {
  try {
    return readExactJson(line)
  } catch {
    return undefined
  }
}
