import {
  type ActionPlan,
  compileConnector,
  type ResponsePlan,
  type RunContext,
  type StepOutput,
} from '../plan/index.ts'
import type { ConnectorView } from './view/connector-view.ts'
import type { RecordedExample } from './view/recorded-example.ts'

/** What the steps of an action leave behind for a recorded answer, and what the action gives for it. */
export interface Replay {
  readonly steps: Readonly<Record<string, StepOutput | undefined>>
  readonly data: unknown
}

const credential = {
  get: (_: object, name: string | symbol) => (typeof name === 'string' ? `<${name}>` : undefined),
}

/**
 * Runs an action on its recorded answer, without sending anything. Undefined where one answer cannot tell: several
 * requests, conditions, loops, paging by the engine, or an answer of none of the declared shapes.
 */
export function replayExample(view: ConnectorView, example: RecordedExample): Replay | undefined {
  const action = planOf(view, example.actionId)
  if (action === undefined || example.response === undefined || action.passthrough) return undefined
  const calls = action.steps.flatMap((step) => step.calls)
  const requests = calls.filter(({ kind }) => kind === 'request' || kind === 'paginated_request')
  if (requests.length !== 1 || calls.length !== action.steps.length) return undefined
  if (action.steps.some((step) => step.condition !== undefined || step.iterator !== undefined))
    return undefined
  const context = contextOf(view, action, example)
  const outputs: Record<string, StepOutput | undefined> = {}
  for (const step of action.steps) {
    const [call] = step.calls
    let output: StepOutput | undefined
    if (call?.kind === 'request' || call?.kind === 'paginated_request') {
      const read = call.request.response.ignored
        ? { ok: true as const, data: undefined }
        : call.request.response.read(bodyOf(call.request.response, example.response))
      if (!read.ok) return undefined
      output = { data: read.data, raw: example.response, statusCode: 200 }
    } else if (call?.kind === 'pure' && call.load === undefined) output = call.run(context, Date.now).output
    else return undefined
    outputs[step.id] = output
    context.steps[step.id] = { output, successful: true, skipped: false }
  }
  const result = action.result(context)
  const data = typeof result === 'object' && result !== null && 'data' in result ? result.data : result
  return { steps: outputs, data }
}

/** What is no JSON is recorded as its text. */
function bodyOf({ parse }: ResponsePlan, recorded: unknown): unknown {
  if (parse === undefined || typeof recorded !== 'string') return recorded
  try {
    return parse(recorded)
  } catch {
    return undefined
  }
}

function planOf({ model }: ConnectorView, actionId: string): ActionPlan | undefined {
  if (model === null) return undefined
  try {
    const plan = compileConnector(model)
    return Object.hasOwn(plan.actionsById, actionId) ? plan.actionsById[actionId] : undefined
  } catch {
    return undefined
  }
}

function contextOf(view: ConnectorView, action: ActionPlan, example: RecordedExample): RunContext {
  return {
    inputs: example.inputs,
    credentials: new Proxy({}, credential),
    steps: {},
    intermediateSteps: {},
    context: {
      authenticationType: view.methods[0]?.key ?? 'none',
      environment: 'production',
      connectorKey: view.key,
      actionType: action.actionType,
      flowType: 'action',
    },
    connector: { key: view.key, title: view.key, version: '0.0.0' },
    action: { id: action.id, label: action.label },
  }
}
