import type { Tool } from '@modelcontextprotocol/server'
import type { ActionPlan } from '../../plan/index.ts'
import { withConfirmArgument } from './confirm-argument.ts'
import { type ParameterStyle, toolInputSchema } from './parameter-style.ts'
import { toolAnnotations } from './tool-annotations.ts'
import type { ToolRules } from './tool-box.ts'
import { toolName } from './tool-name.ts'

/** The tool that an action is for an agent. */
export function actionTool(host: ToolRules, action: ActionPlan, style: ParameterStyle): Tool {
  return {
    name: toolName(action),
    title: action.label,
    description: toolDescription(action),
    inputSchema: withConfirmArgument(host, action, toolInputSchema(action, style)) as Tool['inputSchema'],
    outputSchema: resultSchema(action) as NonNullable<Tool['outputSchema']>,
    annotations: toolAnnotations(action, host.allowWrites),
  }
}

/** An assumption is told as one: an agent that meets an error should not take it for its own mistake. */
function toolDescription({ description, stage, evidence }: ActionPlan): string {
  if (stage !== 'preview') return description
  return `${description} [Preview: ${evidence?.note ?? 'rests on an unconfirmed assumption.'}]`
}

/**
 * The schema without what only the definition says of single values: a mapping hands on what the provider sends, and a client
 * refuses a whole result for a number where a text was told of.
 */
function withoutClaims(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutClaims)
  if (typeof schema !== 'object' || schema === null) return schema
  const { type, ...rest } = schema as Readonly<Record<string, unknown>>
  const inner = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, withoutClaims(value)]))
  return type === undefined || Array.isArray(type) ? inner : { type, ...inner }
}

/** Structured results are objects: the action's data, and the cursor of its next page. */
function resultSchema({ outputSchema, listing }: ActionPlan): Readonly<Record<string, unknown>> {
  const next = {
    type: 'string',
    description: 'Pass it back as the cursor for the next page; absent at the end.',
  }
  return {
    type: 'object',
    properties: { data: withoutClaims(outputSchema ?? {}), ...(listing === undefined ? {} : { next }) },
    required: ['data'],
  }
}
