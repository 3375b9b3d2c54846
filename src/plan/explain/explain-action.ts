import {
  createRedactor,
  isJson,
  isStreamed,
  maskHeaders,
  maskUrl,
  mediaType,
  type PreparedRequest,
  parseJson,
  writeExactJson,
} from '../../http/index.ts'
import type { ConnectorPlan } from '../connector-plan.ts'
import type { NoteDifference, RequestNote } from '../exact/request-note.ts'
import { decodeCursor } from '../paging/cursor-token.ts'
import { iteratorParameters } from '../paging/iterator-parameters.ts'
import { restoreCursor, restoreState } from '../paging/listing-state.ts'
import { pageParameters } from '../paging/page-parameters.ts'
import { type CallOptions, type PreparedCall, prepareCall } from '../prepare-call.ts'
import { partName, type RequestPart } from '../request/request-part.ts'
import type { PageParameters, RequestPlan } from '../request/request-plan.ts'
import type { RunContext } from '../run-context.ts'
import type {
  DownloadCall,
  McpCall,
  PaginatedRequestCall,
  RequestCall,
  StepCall,
  StepPlan,
} from '../step-plan.ts'
import type { ExplainedRequest, Explanation, RetrySafety } from './explained-request.ts'

/**
 * The requests an action would send, with secrets masked. Sends nothing, and needs no credentials: a missing one
 * stands as `<firmName>`. Values that only an earlier answer can give are missing; `notes` says so.
 *
 * @throws {MainspringError} the same as a run for its action, inputs and given credentials
 */
export function explainAction(plan: ConnectorPlan, actionId: string, options: CallOptions = {}): Explanation {
  const call = prepareCall(plan, actionId, options, true)
  const notes: string[] = []
  const requests = call.action.steps.flatMap((step) => explainStep(step, call, notes))
  return { requests, notes }
}

function explainStep(step: StepPlan, call: PreparedCall, notes: string[]): ExplainedRequest[] {
  if (step.iterator !== undefined)
    notes.push(`Step "${step.id}" runs once for each item of a list that is known only in a run.`)
  if (step.condition !== undefined) notes.push(`Step "${step.id}" runs only where its condition holds.`)
  return step.calls.flatMap((stepCall) => explainCall(step.id, stepCall, call, notes))
}

function explainCall(
  step: string,
  stepCall: StepCall,
  call: PreparedCall,
  notes: string[],
): ExplainedRequest[] {
  if (stepCall.kind === 'unsupported') notes.push(stepCall.reason)
  if (stepCall.kind === 'adapter')
    notes.push(`Step "${step}" is carried out by the adapter for ${stepCall.functionName}.`)
  if (stepCall.kind === 'unsupported' || stepCall.kind === 'pure' || stepCall.kind === 'adapter') return []
  try {
    const differences: RequestNote[] = []
    const note: NoteDifference = (difference, message) => differences.push({ difference, message })
    const page = pageOf(step, stepCall, call)
    const context =
      stepCall.kind === 'request' ? firstPiece(step, stepCall, call.context, notes) : call.context
    const prepared = stepCall.request.prepare(context, { ...call.environment, note }, page)
    const request = stepCall.kind === 'mcp_request' ? withToolCall(prepared, stepCall, call) : prepared
    const pageParts = stepCall.pageParts.filter(({ part }) => isAsked(part, page))
    const parts = [...stepCall.request.parts(context, call.environment), ...pageParts]
    return [explainRequest(step, request, parts, differences, retrySafety(request, stepCall.request))]
  } catch (error) {
    // What an earlier step gives is not there yet; a first step has no such excuse.
    if (call.action.steps[0]?.id === step) throw error
    notes.push(`The request of step "${step}" depends on an earlier answer.`)
    return []
  }
}

/** A file that goes out in pieces is shown by its first request. */
function firstPiece(step: string, { chunks }: RequestCall, context: RunContext, notes: string[]): RunContext {
  if (chunks === undefined) return context
  const file = chunks.read(context)
  const size = isStreamed(file) ? file.bytes : file.length
  notes.push(
    `Step "${step}" sends its file in pieces of ${chunks.bytes} bytes, one request each; the first is shown.`,
  )
  const item = { offset: 0, bytes: Math.min(size ?? chunks.bytes, chunks.bytes) }
  return { ...context, iterator: { item, index: 0, current: item } }
}

/** The message that the client of the protocol sends, once it has greeted the server. */
function withToolCall(request: PreparedRequest, stepCall: McpCall, call: PreparedCall): PreparedRequest {
  const { method, toolName, arguments: values } = stepCall.read(call.context)
  const params = method === 'tools/call' ? { params: { name: toolName, arguments: values } } : {}
  return {
    ...request,
    headers: { ...request.headers, 'content-type': 'application/json' },
    body: writeExactJson({ jsonrpc: '2.0', id: 1, method, ...params }),
  }
}

function pageOf(
  step: string,
  stepCall: RequestCall | PaginatedRequestCall | DownloadCall | McpCall,
  call: PreparedCall,
): PageParameters | undefined {
  const { listing } = call.action
  const cursor = listing === undefined ? undefined : call.context.inputs[listing.cursorInput]
  const start =
    cursor === undefined || listing?.ownCursor === true ? undefined : decodeCursor(cursor, call)[step]
  if (stepCall.kind === 'paginated_request')
    return iteratorParameters(
      stepCall.iterator,
      restoreCursor(start, stepCall.iterator.start?.(call.context)),
    )
  if (stepCall.kind === 'download' || stepCall.kind === 'mcp_request') return undefined
  return stepCall.paging && pageParameters(stepCall.paging, restoreState(start), call.context).parameters
}

function explainRequest(
  step: string,
  request: PreparedRequest,
  parts: readonly RequestPart[],
  notes: readonly RequestNote[],
  retry: RetrySafety,
): ExplainedRequest {
  const redact = createRedactor(request.secrets.values)
  const shown = isStreamed(request.body) ? request.body.preview : request.body
  const bodyText = typeof shown === 'string' ? redact(shown) : undefined
  return {
    step,
    method: request.method,
    url: showPlaceholders(maskUrl(request.url, request.secrets, redact)),
    headers: maskHeaders(request.headers, request.secrets, redact),
    ...(bodyText === undefined
      ? {}
      : { body: bodyValue(bodyText, request.headers['content-type']), bodyText }),
    retry,
    notes,
    sources: parts,
  }
}

function retrySafety(
  request: PreparedRequest,
  { declaredSafe, idempotencyHeader, lookup }: RequestPlan,
): RetrySafety {
  const safe = request.repeatable
  if (isStreamed(request.body)) return { safe: false, because: 'streamed' }
  if (request.original === true) return { safe: true, because: 'original' }
  if (safe && idempotencyHeader !== undefined) return { safe, because: 'keyed', header: idempotencyHeader }
  if (!safe && lookup !== undefined) return { safe, because: 'looked-up', action: lookup.action }
  if (declaredSafe !== undefined) return { safe, because: 'declared' }
  return { safe, because: request.effect === 'read' ? 'reads' : 'writes' }
}

/** `<firmName>` was encoded as any value is; shown as it is meant. */
function showPlaceholders(url: string): string {
  return url.replace(/%3C(\w+)%3E/g, '<$1>')
}

function bodyValue(text: string, contentType: string | undefined): unknown {
  if (!isJson(mediaType(contentType))) return text
  try {
    return parseJson(text)
  } catch {
    return text
  }
}

/** A first page has no cursor, and a page size is sent only where one is wanted. */
function isAsked(part: string, page: PageParameters | undefined): boolean {
  return Object.keys(page?.values ?? {}).some((name) => part === partName(page?.in ?? 'query', name))
}
