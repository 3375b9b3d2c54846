import type { ActionPlan } from '../../plan/index.ts'
import type { ToolRules } from './tool-box.ts'

const name = 'confirm'

type Schema = Readonly<Record<string, unknown>>

const argument = {
  type: 'string',
  description:
    'Leave it out first: the answer then says what would be sent and holds a token. Give the token here, with all else unchanged, once a person has agreed.',
}

/** Whether a tool has room for the token: an input of the action may have its name. */
function takesToken(host: ToolRules, action: ActionPlan): boolean {
  return host.confirms?.(action) === true && !action.inputs.some((input) => input.name === name)
}

/** The input schema of a tool whose call may have to be confirmed. */
export function withConfirmArgument<S extends Schema>(host: ToolRules, action: ActionPlan, schema: S): S {
  if (!takesToken(host, action)) return schema
  const properties = schema['properties'] as Schema
  return { ...schema, properties: { ...properties, [name]: argument } }
}

/** Takes the token out of the arguments of a call. */
export function takeConfirm(
  host: ToolRules,
  action: ActionPlan,
  given: Schema,
): { readonly args: Schema; readonly confirm?: string } {
  if (!takesToken(host, action) || !Object.hasOwn(given, name)) return { args: given }
  const { [name]: confirm, ...args } = given
  return typeof confirm === 'string' && confirm !== '' ? { args, confirm } : { args }
}
