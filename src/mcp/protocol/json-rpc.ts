import { isRecord } from '../../http/index.ts'

/** Codes of JSON-RPC 2.0 and of the protocol's revision 2026-07-28. */
export const rpcCodes = {
  parseError: -32_700,
  invalidRequest: -32_600,
  methodNotFound: -32_601,
  invalidParams: -32_602,
  internalError: -32_603,
  headerMismatch: -32_020,
  unsupportedVersion: -32_022,
} as const

export type RpcId = string | number

export interface RpcRequest {
  readonly id: RpcId
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
}

export interface RpcNotification {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
}

/** What a client sent; a response has nothing to answer here, since this server asks clients nothing. */
export type RpcMessage =
  | { readonly kind: 'request'; readonly request: RpcRequest }
  | { readonly kind: 'notification'; readonly notification: RpcNotification }
  | { readonly kind: 'response' }
  | { readonly kind: 'invalid'; readonly id: RpcId | null; readonly why: string }

/** Sorts one parsed message. Batches were removed from the protocol in 2025-06-18 and are refused. */
export function readMessage(value: unknown): RpcMessage {
  if (Array.isArray(value)) return invalid(null, 'Batches are not supported.')
  if (!isRecord(value) || value['jsonrpc'] !== '2.0') return invalid(null, 'Not a JSON-RPC 2.0 message.')
  const { id, method, params } = value
  const known = typeof id === 'string' || (typeof id === 'number' && Number.isInteger(id)) ? id : undefined
  if (typeof method !== 'string')
    return 'result' in value || 'error' in value
      ? { kind: 'response' }
      : invalid(known ?? null, 'The message has no method.')
  if (params !== undefined && !isRecord(params)) return invalid(known ?? null, 'params must be an object.')
  const body = { method, params: params ?? {} }
  if (id === undefined) return { kind: 'notification', notification: body }
  if (known === undefined) return invalid(null, 'id must be a text or a whole number.')
  return { kind: 'request', request: { id: known, ...body } }
}

function invalid(id: RpcId | null, why: string): RpcMessage {
  return { kind: 'invalid', id, why }
}

/** A refusal of the protocol, as opposed to a failure of a tool. */
export class RpcError extends Error {
  readonly rpcCode: number
  readonly data: unknown

  constructor(rpcCode: number, message: string, data?: unknown) {
    super(message)
    this.rpcCode = rpcCode
    this.data = data
  }
}

export type RpcAnswer = Readonly<Record<string, unknown>> & { readonly jsonrpc: '2.0' }

export function resultAnswer(id: RpcId, result: unknown): RpcAnswer {
  return { jsonrpc: '2.0', id, result }
}

export function errorAnswer(id: RpcId | null, code: number, message: string, data?: unknown): RpcAnswer {
  return { jsonrpc: '2.0', id, error: { code, message, ...(data === undefined ? {} : { data }) } }
}
