import { requestFunctions } from '../../definition/index.ts'
import { isRecord } from '../../http/index.ts'
import { lowerFields } from './lower-fields.ts'
import { lowerPaging } from './lower-paging.ts'
import type { Plain } from './plain.ts'

/** The action in the plain format; none where its request cannot be said there. */
export function lowerAction(action: Plain, shared: readonly Plain[], losses: string[]): Plain[] {
  const id = String(action['actionId'])
  const steps = Array.isArray(action['steps']) ? action['steps'].filter(isRecord) : []
  if (steps.some((step) => extensionOf(step)['passthrough'] !== undefined)) {
    losses.push(`action ${id}: left out; a request whose method and path are the caller's cannot be said.`)
    return []
  }
  if (steps.some((step) => extensionOf(step)['chunks'] !== undefined)) {
    losses.push(`action ${id}: left out; a file that goes out in pieces cannot be said.`)
    return []
  }
  reportUnsayable(action, id, losses)
  const stage = isRecord(action['x-mainspring']) ? action['x-mainspring']['stage'] : undefined
  const release = stage === 'preview' || stage === 'beta' ? { releaseStage: stage } : {}
  const fields =
    action['fieldConfigs'] === undefined ? {} : { fieldConfigs: lowerFields(action['fieldConfigs']) }
  return [
    { ...action, ...release, ...fields, steps: steps.map((step) => lowerStep(step, id, shared, losses)) },
  ]
}

/** What stays as it stands, and comes to something else in the published runtime. */
function reportUnsayable(action: Plain, id: string, losses: string[]): void {
  const text = JSON.stringify(action)
  if (text.includes('epochToIso('))
    losses.push(`action ${id}: epochToIso() is needed, and gives nothing there.`)
  if (text.includes('"$.item"'))
    losses.push(`action ${id}: list elements that are no objects are not mapped there.`)
  const calls = (Array.isArray(action['steps']) ? action['steps'] : []).filter(isRecord)
  for (const { stepFunction } of calls) {
    const parameters =
      isRecord(stepFunction) && isRecord(stepFunction['parameters']) ? stepFunction['parameters'] : {}
    const args = (Array.isArray(parameters['args']) ? parameters['args'] : []).filter(isRecord)
    for (const { name, value, in: place } of args)
      if (place === 'headers' && typeof value === 'object' && value !== null)
        losses.push(
          `action ${id}: the header "${String(name)}" is a map, which is not written as JSON there.`,
        )
  }
}

function lowerStep(step: Plain, action: string, shared: readonly Plain[], losses: string[]): Plain {
  const { 'x-mainspring': _, ...bare } = step
  const call = step['stepFunction']
  const extension = extensionOf(step)
  const forEach = extension['forEach']
  if (forEach !== undefined)
    losses.push(`action ${action}: how the items of an iterator are worked through is left out.`)
  // The nearest the format has: it cannot ignore the end of the time.
  const reports = isRecord(forEach) && forEach['onError'] === 'report'
  const plain = reports ? { ...bare, ignoreError: true } : bare
  if (isRecord(call) && call['functionName'] === 'map_fields' && isRecord(call['parameters'])) {
    const { fields } = call['parameters']
    if (fields === undefined) return plain
    return {
      ...plain,
      stepFunction: { ...call, parameters: { ...call['parameters'], fields: lowerFields(fields) } },
    }
  }
  if (!isRecord(call) || !requestFunctions.has(call['functionName'])) return plain
  const parameters = isRecord(call['parameters']) ? call['parameters'] : {}
  const own = (Array.isArray(parameters['args']) ? parameters['args'].filter(isRecord) : []).map(guardMissing)
  // A step with an authorization of its own replaces the one of the connector.
  const inherited = parameters['authorization'] === undefined ? shared : []
  const args = [...inherited, ...own]
  const response = lowerResponse(extension['response'], parameters['response'], action, losses)
  if (extension['retry'] !== undefined)
    losses.push(`action ${action}: whether the request may be repeated is left out.`)
  const base = {
    ...parameters,
    ...(args.length > 0 ? { args } : {}),
    ...(response === undefined ? {} : { response }),
    ...lowerGraphql(extension['response'], parameters['customErrors']),
  }
  const paging = extension['paging']
  return {
    ...plain,
    stepFunction: {
      ...call,
      ...(isRecord(paging) ? lowerPaging(paging, base, action, losses) : { parameters: base }),
    },
  }
}

/** The first declared place; the format knows one only, and takes its absence for an empty success. */
function lowerResponse(
  shapes: unknown,
  response: unknown,
  action: string,
  losses: string[],
): Plain | undefined {
  const plain = isRecord(response) ? response : undefined
  if (!isRecord(shapes)) return plain
  const places = [shapes['rows'] ?? shapes['record'] ?? []].flat().map(String)
  const [first, ...others] = places
  if (others.length > 0)
    losses.push(
      `action ${action}: only the first of its response shapes is kept (${first}), without ${others.join(', ')}.`,
    )
  return first === undefined || first === '$' ? plain : { ...plain, dataKey: first }
}

/** Errors of GraphQL come with status 200: a custom error says so in the plain format. */
function lowerGraphql(shapes: unknown, customErrors: unknown): Plain {
  if (!isRecord(shapes) || shapes['format'] !== 'graphql') return {}
  const isFailure =
    shapes['partial'] === true ? 'present(data.errors) && !present(data.data)' : 'present(data.errors)'
  const entry = {
    receivedStatus: 200,
    targetStatus: 400,
    condition: `{{${isFailure}}}`,
    message: '{{data.errors[0].message}}',
  }
  return { customErrors: [...(Array.isArray(customErrors) ? customErrors : []), entry] }
}

/** In query and headers the published runtime writes a missing value as the text "undefined". */
function guardMissing(arg: Plain): Plain {
  const { value } = arg
  const needsGuard =
    arg['condition'] === undefined &&
    arg['in'] !== 'body' &&
    typeof value === 'string' &&
    /^\$\.inputs\.\w+$/.test(value)
  return needsGuard ? { ...arg, condition: `{{present(${value})}}` } : arg
}

function extensionOf(step: Plain): Plain {
  return isRecord(step['x-mainspring']) ? step['x-mainspring'] : {}
}
