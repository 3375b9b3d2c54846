import {
  createRedactor,
  isJson,
  isRecord,
  maskHeaders,
  maskUrl,
  mediaType,
  type PreparedRequest,
} from '../../http/index.ts'
import type { ConnectorPlan } from '../connector-plan.ts'
import { decodeCursor } from '../paging/cursor-token.ts'
import { restoreState } from '../paging/listing-state.ts'
import { pageParameters } from '../paging/page-parameters.ts'
import { type CallOptions, type PreparedCall, prepareCall } from '../prepare-call.ts'
import type { PageParameters, RequestPart } from '../request/request-plan.ts'
import type { StepCall, StepPlan } from '../step-plan.ts'
import type { ExplainedRequest, Explanation, RequestPartSource } from './explained-request.ts'

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
  if (stepCall.kind !== 'request' && stepCall.kind !== 'paginated_request') return []
  try {
    const request = stepCall.request.prepare(call.context, call.environment, pageOf(step, stepCall, call))
    return [explainRequest(step, request, stepCall.request.parts)]
  } catch (error) {
    // What an earlier step gives is not there yet; a first step has no such excuse.
    if (call.action.steps[0]?.id === step) throw error
    notes.push(`The request of step "${step}" depends on an earlier answer.`)
    return []
  }
}

function pageOf(step: string, stepCall: StepCall, call: PreparedCall): PageParameters | undefined {
  if (stepCall.kind !== 'request' || stepCall.paging === undefined) return undefined
  const cursor = call.context.inputs[stepCall.paging.cursorInput]
  const state = cursor === undefined ? undefined : restoreState(decodeCursor(cursor, call)[step])
  return pageParameters(stepCall.paging, state, call.context).parameters
}

function explainRequest(
  step: string,
  request: PreparedRequest,
  parts: readonly RequestPart[],
): ExplainedRequest {
  const redact = createRedactor(request.secrets.values)
  const bodyText = typeof request.body === 'string' ? redact(request.body) : undefined
  return {
    step,
    method: request.method,
    url: showPlaceholders(maskUrl(request.url, request.secrets, redact)),
    headers: maskHeaders(request.headers, request.secrets, redact),
    ...(bodyText === undefined
      ? {}
      : { body: bodyValue(bodyText, request.headers['content-type']), bodyText }),
    sources: parts
      .filter((part) => isSent(part.part, request, bodyText))
      .map(({ part, location }): RequestPartSource => ({ part, location })),
  }
}

/** `<firmName>` was encoded as any value is; shown as it is meant. */
function showPlaceholders(url: string): string {
  return url.replace(/%3C(\w+)%3E/g, '<$1>')
}

function bodyValue(text: string, contentType: string | undefined): unknown {
  if (!isJson(mediaType(contentType))) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** An argument whose value is missing is not sent, so its line explains nothing. */
function isSent(part: string, request: PreparedRequest, bodyText: string | undefined): boolean {
  const [kind, name = ''] = part.split(' ', 2)
  if (kind === 'header') return Object.hasOwn(request.headers, name)
  if (kind === 'query') return new URL(request.url.replace(/[<>]/g, '')).searchParams.has(name)
  if (kind !== 'body') return true
  const body = bodyText === undefined ? undefined : bodyValue(bodyText, request.headers['content-type'])
  return isRecord(body) ? Object.hasOwn(body, name) : body !== undefined
}
