import { isRecord } from '../http/index.ts'
import type { JsonSchema } from './inputs/input-schema.ts'
import type { StepCall, StepPlan } from './step-plan.ts'

/**
 * JSON Schema of an action's `data`, as far as the definition tells: a list where a step pages or declares rows, an
 * object where it declares a record, with the keys that must be there. Undefined where nothing is known.
 */
export function deriveOutputSchema(result: unknown, steps: readonly StepPlan[]): JsonSchema | undefined {
  const data = isRecord(result) ? result['data'] : result
  const id = typeof data === 'string' ? /^\$\.steps\.(\w+)\.output\.data$/.exec(data.trim())?.[1] : undefined
  const step = id === undefined ? undefined : steps.find((candidate) => candidate.id === id)
  if (step === undefined || step.iterator !== undefined) return undefined
  const call = step.calls.at(-1)
  return call && schemaOfCall(call)
}

function schemaOfCall(call: StepCall): JsonSchema | undefined {
  if (call.kind === 'paginated_request') return listOfRecords
  if (call.kind !== 'request') return undefined
  const { shape } = call.request.response
  if (shape?.kind === 'rows') return listOfRecords
  if (shape?.kind === 'record')
    return { type: 'object', ...(shape.requires.length > 0 ? { required: shape.requires } : {}) }
  return undefined
}

const listOfRecords: JsonSchema = { type: 'array', items: { type: 'object' } }
