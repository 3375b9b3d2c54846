import { isRecord } from '../../http/index.ts'
import type { ActionPlan, InputPlan } from '../../plan/index.ts'

/**
 * How a tool's parameters are laid out: by the part of the request they belong to (`nested`), with that part as a
 * prefix (`flat_prefixed`), or by their own names (`flat_smart`).
 */
export const parameterStyles = ['nested', 'flat_prefixed', 'flat_smart'] as const
export type ParameterStyle = (typeof parameterStyles)[number]

export const requestParts = ['path', 'query', 'body', 'headers'] as const
type RequestPart = (typeof requestParts)[number]

type Schema = Readonly<Record<string, unknown>>

/** The input schema of a tool: an object, with `properties` even where it takes nothing, and no references. */
export function toolInputSchema(action: ActionPlan, style: ParameterStyle): { type: 'object' } & Schema {
  const properties = isRecord(action.inputSchema['properties']) ? action.inputSchema['properties'] : {}
  const required = action.inputs.filter((input) => input.required)
  if (style !== 'nested') {
    const nameOf = (input: InputPlan) => parameterName(input, style)
    return objectSchema(
      action.inputs.map((input) => [nameOf(input), properties[input.name]]),
      required.map(nameOf),
    )
  }
  const parts = requestParts.flatMap((part) => {
    const inputs = action.inputs.filter((input) => partOf(input) === part)
    const schema = objectSchema(
      inputs.map((input) => [input.name, properties[input.name]]),
      inputs.filter((input) => input.required).map((input) => input.name),
    )
    return inputs.length === 0 ? [] : [[part, schema] as const]
  })
  return objectSchema(parts, required.map(partOf))
}

/**
 * The inputs of an action from the arguments of a tool call. Arguments by their plain names are understood in every
 * style, since agents mix them; a name that nothing explains is kept, so that the action's own check refuses it.
 */
export function inputsOfArguments(
  action: ActionPlan,
  style: ParameterStyle,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const byParameter = new Map(action.inputs.map((input) => [parameterName(input, style), input.name]))
  const own = new Set(action.inputs.map(({ name }) => name))
  const inputs: [string, unknown][] = []
  for (const [name, value] of Object.entries(given)) {
    // An input can have the name of a part, as the path of a passthrough has.
    if (style === 'nested' && isPart(name) && isRecord(value) && holdsInputsOf(action, name, value)) {
      inputs.push(...Object.entries(value))
      continue
    }
    const known = byParameter.get(name) ?? (own.has(name) ? name : undefined)
    if (known !== undefined) inputs.push([known, value])
    else if (isPart(name) && isRecord(value)) inputs.push(...Object.entries(value))
    else if (!isPart(name) || (value !== undefined && value !== null)) inputs.push([name, value])
  }
  // Not assigned one by one: a name could be one that sets a prototype.
  return Object.fromEntries(inputs)
}

function holdsInputsOf(action: ActionPlan, part: RequestPart, value: Schema): boolean {
  return Object.keys(value).every((key) =>
    action.inputs.some((input) => input.name === key && partOf(input) === part),
  )
}

function parameterName(input: InputPlan, style: ParameterStyle): string {
  return style === 'flat_prefixed' ? `${partOf(input)}_${input.name}` : input.name
}

/** Where an input belongs; one that does not say is part of the body, as in an RPC call. */
export function partOf({ in: part }: InputPlan): RequestPart {
  return part !== undefined && isPart(part) ? part : 'body'
}

function isPart(name: string): name is RequestPart {
  return (requestParts as readonly string[]).includes(name)
}

function objectSchema(properties: readonly (readonly [string, unknown])[], required: readonly string[]) {
  return {
    type: 'object' as const,
    properties: Object.fromEntries(properties),
    ...(required.length > 0 ? { required: [...new Set(required)] } : {}),
    additionalProperties: false,
  }
}
