import { isRecord } from '../../http/index.ts'
import type { ToolProgress } from '../tools/tool-box.ts'
import { errorAnswer, type RpcAnswer, RpcError, type RpcRequest, resultAnswer, rpcCodes } from './json-rpc.ts'
import type { McpService } from './mcp-service.ts'
import { type Era, envelopeVersion, handshakeVersions, metaKeys } from './versions.ts'

/** How one request is being served. */
export interface RequestContext {
  readonly era: Era
  readonly signal: AbortSignal
  /** Sends a notification that belongs to this request; absent where the client could not receive it. */
  readonly notify?: (notification: Readonly<Record<string, unknown>>) => void
}

/** Tools listed at once; more are had by their cursor. */
export const toolsPerPage = 250

/** Answers one request. Never throws. */
export async function answerRequest(
  service: McpService,
  request: RpcRequest,
  context: RequestContext,
): Promise<RpcAnswer> {
  try {
    const result = await resultOf(service, request, context)
    return resultAnswer(request.id, context.era === 'envelope' ? enveloped(service, request, result) : result)
  } catch (thrown) {
    if (thrown instanceof RpcError)
      return errorAnswer(request.id, thrown.rpcCode, thrown.message, thrown.data)
    return errorAnswer(request.id, rpcCodes.internalError, 'The server met an unexpected failure.')
  }
}

type Result = Readonly<Record<string, unknown>>

async function resultOf(service: McpService, request: RpcRequest, context: RequestContext): Promise<Result> {
  const { method, params } = request
  if (method === 'tools/call') return callTool(service, params, context)
  if (method === 'tools/list') return listTools(service, params)
  if (context.era === 'envelope' && method === 'server/discover') return discover(service)
  if (context.era === 'handshake' && method === 'initialize') return initialize(service, params)
  if (context.era === 'handshake' && method === 'ping') return {}
  throw new RpcError(rpcCodes.methodNotFound, `There is no method ${method.slice(0, 100)}.`)
}

const capabilities = { tools: {} }

/** A version that is not known is answered with the newest that is; the client decides whether to go on. */
function initialize({ info, instructions }: McpService, params: Result): Result {
  const asked = handshakeVersions.find((version) => version === params['protocolVersion'])
  return {
    protocolVersion: asked ?? handshakeVersions[0],
    capabilities,
    serverInfo: info,
    ...(instructions === undefined ? {} : { instructions }),
  }
}

function discover({ instructions }: McpService): Result {
  return {
    supportedVersions: [envelopeVersion],
    capabilities,
    ...(instructions === undefined ? {} : { instructions }),
    ...privateResult,
  }
}

/** Which tools there are depends on the caller, so no shared cache may keep the list. */
const privateResult = { ttlMs: 0, cacheScope: 'private' }

function enveloped({ info }: McpService, { method }: RpcRequest, result: Result): Result {
  const meta = isRecord(result['_meta']) ? result['_meta'] : {}
  return {
    ...result,
    ...(method === 'tools/list' ? privateResult : {}),
    resultType: 'complete',
    _meta: { ...meta, [metaKeys.serverInfo]: info },
  }
}

function listTools({ toolBox }: McpService, { cursor }: Result): Result {
  const start = cursor === undefined ? 0 : Number(cursor)
  if (!Number.isInteger(start) || start < 0 || start > toolBox.tools.length)
    throw new RpcError(rpcCodes.invalidParams, 'This cursor was not given out here.')
  const end = start + toolsPerPage
  return {
    tools: toolBox.tools.slice(start, end),
    ...(end < toolBox.tools.length ? { nextCursor: String(end) } : {}),
  }
}

async function callTool({ toolBox }: McpService, params: Result, context: RequestContext): Promise<Result> {
  const { name, arguments: given = {} } = params
  if (typeof name !== 'string') throw new RpcError(rpcCodes.invalidParams, 'params.name must be a text.')
  if (!isRecord(given)) throw new RpcError(rpcCodes.invalidParams, 'params.arguments must be an object.')
  const onProgress = progressReporter(params, context)
  const call = toolBox.call(name, given, { signal: context.signal, ...(onProgress && { onProgress }) })
  if (call === undefined)
    throw new RpcError(
      rpcCodes.invalidParams,
      `There is no tool "${name.slice(0, 100)}"; tools/list names them all.`,
    )
  return (await call) as Result
}

function progressReporter(params: Result, { notify }: RequestContext) {
  const meta = params['_meta']
  const progressToken = isRecord(meta) ? meta['progressToken'] : undefined
  if (notify === undefined || (typeof progressToken !== 'string' && typeof progressToken !== 'number'))
    return undefined
  return (progress: ToolProgress) =>
    notify({ jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken, ...progress } })
}
