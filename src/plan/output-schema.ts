import { isRecord } from '../http/index.ts'
import type { JsonSchema } from './inputs/input-schema.ts'
import { mappedSchema } from './mapped-schema.ts'
import type { StepCall, StepPlan } from './step-plan.ts'

/**
 * JSON Schema of an action's `data`, as far as the definition tells: a list where a step pages or declares rows, an
 * object where it declares a record, with the keys that must be there; the fields of a mapping. Undefined where nothing is
 * known.
 */
export function deriveOutputSchema(
  action: Readonly<Record<string, unknown>>,
  steps: readonly StepPlan[],
): JsonSchema | undefined {
  const { result } = action
  return schemaOf(isRecord(result) ? result['data'] : result, action, steps)
}

function schemaOf(
  expression: unknown,
  action: Readonly<Record<string, unknown>>,
  steps: readonly StepPlan[],
): JsonSchema | undefined {
  const id = stepOf(expression)
  const index = steps.findIndex((candidate) => candidate.id === id)
  const step = steps[index]
  if (id === undefined || step === undefined || step.iterator !== undefined) return undefined
  const call = step.calls.at(-1)
  const mapped = mappingOf(action, id)
  if (mapped === undefined) return call && schemaOfCall(call)
  // A step reads those before it alone, so that this ends.
  const source = schemaOf(mapped.source, action, steps.slice(0, index))
  const record = mappedSchema(mapped.fields)
  if (source?.['type'] === 'array') return { type: 'array', items: record }
  return source?.['type'] === 'object' ? record : undefined
}

function stepOf(expression: unknown): string | undefined {
  return typeof expression === 'string'
    ? /^\$\.steps\.(\w+)\.output\.data$/.exec(expression.trim())?.[1]
    : undefined
}

/** The fields that a step maps by, its own or those of the action, and what it maps. */
function mappingOf(
  action: Readonly<Record<string, unknown>>,
  id: string,
): { readonly fields: readonly unknown[]; readonly source: unknown } | undefined {
  const steps = Array.isArray(action['steps']) ? action['steps'].filter(isRecord) : []
  const step = steps.find((candidate) => candidate['stepId'] === id)
  const call = isRecord(step?.['stepFunction']) ? step['stepFunction'] : {}
  if (call['functionName'] !== 'map_fields' || !isRecord(call['parameters'])) return undefined
  const { fields = action['fieldConfigs'], dataSource } = call['parameters']
  return Array.isArray(fields) ? { fields, source: dataSource } : undefined
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
