import { isRecord } from '../http/index.ts'
import type { ActionPlan, Evidence, InputPlan, ListingPlan } from './action-plan.ts'
import { compileResult } from './compile-result.ts'
import { type Compiler, compilerOfMode, type DefinitionPath, recordReads } from './compiler.ts'
import { compileCompositeIds } from './composite/compile-composite-ids.ts'
import { createInputCheck } from './inputs/check-inputs.ts'
import { enumValues, type JsonSchema, schemaOfInputs } from './inputs/input-schema.ts'
import { compileValidationRules } from './inputs/validation-rules.ts'
import { deriveOutputSchema } from './output-schema.ts'
import type { ConnectorRequestDefaults } from './request/compile-request.ts'
import type { RequestPlan } from './request/request-plan.ts'
import type { StepPlan } from './step-plan.ts'
import { compileStep } from './steps/compile-step.ts'
import { compileSync } from './sync/compile-sync.ts'

type Definition = Readonly<Record<string, unknown>>

export function compileAction(
  action: Definition,
  at: DefinitionPath,
  connectorKey: string,
  defaults: ConnectorRequestDefaults,
  connectorCompiler: Compiler,
): ActionPlan {
  const id = String(action['actionId'])
  const extension = isRecord(action['x-mainspring']) ? action['x-mainspring'] : {}
  const { compiler, reads } = recordReads(compilerOfMode(connectorCompiler, extension))
  const steps = (Array.isArray(action['steps']) ? action['steps'] : []).flatMap((step: unknown, index) =>
    isRecord(step)
      ? [compileStep(step, [...at, 'steps', index], { action, actionAt: at, defaults }, compiler)]
      : [],
  )
  const requests = requestsOf(steps)
  // What an adapter does is not known here.
  const writes =
    requests.some((request) => request.effect === 'write') ||
    steps.some((step) => step.calls.some((call) => call.kind === 'adapter'))
  const declared = (Array.isArray(action['inputs']) ? action['inputs'] : []).filter(isRecord)
  const cursor = isRecord(action['cursor']) ? action['cursor'] : {}
  const listing = withPageSize(findListing(action, declared, steps), cursor)
  const inputs = listing === undefined ? declared : addPageInputs(declared, listing)
  const nullable = new Set(requests.flatMap((request) => [...request.nullableInputs]))
  const isNullable = (name: string) =>
    nullable.has(name) && !inputs.some((input) => input['name'] === name && input['required'] === true)
  const sync = compileSync(action['dataSync'], [...at, 'dataSync'], steps, compiler)
  const compositeIds = compileCompositeIds(action['compositeIdentifiers'])
  const outputSchema = deriveOutputSchema(action, steps)
  const schema = refinePageSize(schemaOfInputs(inputs, isNullable), listing)
  const result = compileResult(action['result'], [...at, 'result'], compiler)
  return {
    id,
    qualifiedId: `${connectorKey}_${id}`,
    label: String(action['label'] ?? id),
    description: String(action['description'] ?? ''),
    ...(typeof action['details'] === 'string' ? { details: action['details'] } : {}),
    actionType: String(action['actionType'] ?? 'unknown'),
    categories: Array.isArray(action['categories']) ? action['categories'].map(String) : [],
    stage: stageOf(action, extension),
    ...(isRecord(extension['evidence']) ? { evidence: extension['evidence'] as unknown as Evidence } : {}),
    effect: writes ? 'write' : 'read',
    passthrough: requests.some((request) => request.passthrough),
    inputs: inputs.map((input) => compileInput(input, isNullable)),
    fileInputs: new Set(requests.flatMap(({ fileInputs }) => [...fileInputs])),
    inputSchema: { ...schema, additionalProperties: false },
    ...(outputSchema === undefined ? {} : { outputSchema }),
    checkInputs: createInputCheck(
      schema,
      compileValidationRules(action['validationRules']),
      ruleMessages(inputs),
    ),
    ...(listing === undefined ? {} : { listing }),
    ...(sync === undefined ? {} : { sync }),
    steps,
    ...(compositeIds === undefined ? {} : { compositeIds }),
    result,
    stepReads: [...reads].filter((path) => path.startsWith('steps.')),
    location: compiler.locate([...at, 'actionId']),
  }
}

function requestsOf(steps: readonly StepPlan[]): RequestPlan[] {
  return steps.flatMap((step) => step.calls).flatMap((call) => ('request' in call ? [call.request] : []))
}

/** An action lists page by page where a step pages, or where it hands out `next` and takes it back as an input. */
function findListing(
  action: Definition,
  inputs: readonly Definition[],
  steps: readonly StepPlan[],
): ListingPlan | undefined {
  for (const call of steps.flatMap((step) => step.calls)) {
    if (call.kind === 'paginated_request')
      return { pageSizeInput: 'page_size', cursorInput: 'cursor', ownCursor: false }
    if (call.kind === 'request' && call.paging !== undefined)
      return {
        pageSizeInput: call.paging.pageSizeInput,
        cursorInput: call.paging.cursorInput,
        ownCursor: false,
      }
  }
  const handsOut = isRecord(action['result']) && action['result']['next'] !== undefined
  return handsOut && inputs.some((input) => input['name'] === 'cursor')
    ? { pageSizeInput: 'page_size', cursorInput: 'cursor', ownCursor: true }
    : undefined
}

/** `cursor.pageSize` of the action: what an absent page size stands for. */
function withPageSize(listing: ListingPlan | undefined, cursor: Definition): ListingPlan | undefined {
  const size = cursor['pageSize']
  return listing === undefined || typeof size !== 'number' ? listing : { ...listing, defaultPageSize: size }
}

/** Published definitions leave the inputs of paging to the engine, so they exist without being declared. */
function addPageInputs(inputs: readonly Definition[], listing: ListingPlan): Definition[] {
  const missing = [
    {
      name: listing.pageSizeInput,
      type: 'number',
      required: false,
      in: 'query',
      description: 'Rows wanted in one page.',
    },
    {
      name: listing.cursorInput,
      type: 'string',
      required: false,
      in: 'query',
      description: 'The `next` of the page before; leave it out for the first page.',
    },
  ].filter((input) => !inputs.some((declared) => declared['name'] === input.name))
  return [...inputs, ...missing]
}

// A larger number would be written as 1e+21, which no provider reads as a number of rows.
const pageSizes = { minimum: 1, maximum: Number.MAX_SAFE_INTEGER }

function refinePageSize(schema: JsonSchema, listing: ListingPlan | undefined): JsonSchema {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {}
  const size = listing === undefined ? undefined : properties[listing.pageSizeInput]
  if (listing === undefined || !isRecord(size) || size['type'] !== 'number') return schema
  return {
    ...schema,
    properties: { ...properties, [listing.pageSizeInput]: { ...pageSizes, ...size, type: 'integer' } },
  }
}

function compileInput(input: Definition, isNullable: (name: string) => boolean): InputPlan {
  const name = String(input['name'])
  const properties = Array.isArray(input['properties']) ? input['properties'].filter(isRecord) : []
  const values = input['type'] === 'enum' ? enumValues(input) : []
  return {
    name,
    type: String(input['type'] ?? 'string'),
    array: input['array'] === true,
    required: input['required'] === true,
    nullable: isNullable(name),
    ...(typeof input['in'] === 'string' ? { in: input['in'] } : {}),
    ...(typeof input['description'] === 'string' ? { description: input['description'] } : {}),
    ...(values.length > 0 ? { values: values.map(String) } : {}),
    ...(properties.length > 0
      ? { properties: properties.map((property) => compileInput(property, () => true)) }
      : {}),
  }
}

function ruleMessages(inputs: readonly Definition[], prefix = ''): Record<string, string> {
  const messages: Record<string, string> = {}
  for (const input of inputs) {
    const name = `${prefix}${String(input['name'])}`
    const message = isRecord(input['rules']) ? input['rules']['errorMessage'] : undefined
    if (typeof message === 'string') messages[name] = message
    const properties = Array.isArray(input['properties']) ? input['properties'].filter(isRecord) : []
    Object.assign(messages, ruleMessages(properties, `${name}.`))
  }
  return messages
}

function stageOf(action: Definition, extension: Definition): ActionPlan['stage'] {
  const stage = extension['stage'] ?? action['releaseStage']
  return stage === 'preview' || stage === 'beta' ? stage : 'stable'
}
