import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from './faults/rule.ts'
import { type Reply, replyBytes } from './reply.ts'

const json = 'application/json; charset=utf-8'

/** Statuses that HTTP allows no content for. */
const withoutContent = new Set([204, 304])

/**
 * Sends a reply as the fault wants it.
 *
 * @param signal - ends a slow answer when the sandbox closes
 */
export async function send(
  response: ServerResponse,
  reply: Reply,
  fault: Fault | null,
  signal: AbortSignal,
): Promise<void> {
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value)
  if (withoutContent.has(reply.status)) {
    response.writeHead(reply.status).end()
    return
  }
  const bytes = replyBytes(reply)
  if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', json)
  response.setHeader('Content-Length', bytes.length)
  response.writeHead(reply.status)
  if (fault?.kind === 'cut-body') {
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
  } else if (fault?.kind === 'slow-drip') {
    await drip(response, bytes, fault.bytesPerSecond, signal)
  } else {
    response.end(bytes)
  }
}

/** Some bytes at a time, at most twenty times a second. */
async function drip(response: ServerResponse, bytes: Buffer, bytesPerSecond: number, signal: AbortSignal) {
  const pieceBytes = Math.ceil(bytesPerSecond / 20)
  const pauseMs = (pieceBytes / bytesPerSecond) * 1000
  response.flushHeaders()
  for (let sent = 0; sent < bytes.length && !response.destroyed && !signal.aborted; sent += pieceBytes) {
    await sleep(pauseMs, undefined, { signal }).catch(() => {})
    response.write(bytes.subarray(sent, sent + pieceBytes))
  }
  response.end()
}
