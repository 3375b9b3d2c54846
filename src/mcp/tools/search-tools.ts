import type { CallToolResult, Tool } from '@modelcontextprotocol/server'
import { createActionRanking } from '../../catalog/index.ts'
import { InputError, UnknownNameError } from '../../errors/index.ts'
import { isRecord } from '../../http/index.ts'
import { takeConfirm, withConfirmArgument } from './confirm-argument.ts'
import { inputsOfArguments, type ParameterStyle, toolInputSchema } from './parameter-style.ts'
import { runTool } from './run-tool.ts'
import { toolAnnotations } from './tool-annotations.ts'
import type { OfferedAction, ToolBox, ToolCallOptions, ToolHost } from './tool-box.ts'
import { toolName } from './tool-name.ts'
import { toolError, toolResult } from './tool-result.ts'

const mostResults = 25
const usualResults = 5

/** Two tools a connector in place of one an action: a large catalog then costs an agent's memory nothing. */
export function searchTools(host: ToolHost, style: ParameterStyle): ToolBox {
  const groups = Map.groupBy(host.offered, ({ connector }) => connector.key)
  const tools = [...groups].flatMap(([key, offered]) => toolsOf(key, offered, host, style))
  const byName = new Map(tools.map((entry) => [entry.tool.name, entry]))
  return {
    tools: tools.map(({ tool }) => tool),
    call: (name, given, options) => byName.get(name)?.call(given, options),
  }
}

interface SearchTool {
  readonly tool: Tool
  call(given: Readonly<Record<string, unknown>>, options: ToolCallOptions): Promise<CallToolResult>
}

function toolsOf(
  key: string,
  offered: readonly OfferedAction[],
  host: ToolHost,
  style: ParameterStyle,
): readonly [SearchTool, SearchTool] {
  const title = offered[0]?.connector.title ?? key
  const ranking = createActionRanking(offered)
  const byName = new Map(offered.map(({ action }) => [toolName(action), action]))
  const [search, execute] = [`${key}_search_actions`, `${key}_execute_action`]
  const hints = offered.map(({ action }) => toolAnnotations(action, host.allowWrites))
  return [
    {
      tool: {
        name: search,
        title: `Search ${title} actions`,
        description: `Finds the actions of ${title} that fit a request in words, best first, each with its input schema. Run one with ${execute}.`,
        inputSchema: {
          type: 'object',
          properties: {
            query: { type: 'string', description: 'What is to be done. Example: find a person by name.' },
            top_k: {
              type: 'integer',
              minimum: 1,
              maximum: mostResults,
              description: `How many actions to give; ${usualResults} where left out.`,
            },
          },
          required: ['query'],
        },
        annotations: {
          title: `Search ${title} actions`,
          readOnlyHint: true,
          destructiveHint: false,
          idempotentHint: true,
          openWorldHint: false,
        },
      },
      async call(given) {
        const { query, top_k: topK = usualResults } = given
        if (typeof query !== 'string' || query.trim() === '')
          return toolError(problem('query', 'query must be a text that says what is to be done.'))
        if (!Number.isInteger(topK) || Number(topK) < 1 || Number(topK) > mostResults)
          return toolError(problem('top_k', `top_k must be a whole number from 1 to ${mostResults}.`))
        const results = ranking.rank(query, Number(topK)).map(({ action, similarity }) => ({
          action: toolName(action),
          description: action.description,
          similarity,
          effect: action.effect,
          input_schema: withConfirmArgument(host, action, toolInputSchema(action, style)),
        }))
        return toolResult({ results, total_actions: offered.length })
      },
    },
    {
      tool: {
        name: execute,
        title: `Run a ${title} action`,
        description: `Runs one action of ${title} that ${search} found, with arguments of its input schema.`,
        inputSchema: {
          type: 'object',
          properties: {
            action: { type: 'string', description: `The name of the action, as ${search} gives it.` },
            arguments: { type: 'object', description: 'What its input schema asks for.' },
          },
          required: ['action'],
        },
        // As careful as the most dangerous of the actions behind it.
        annotations: {
          title: `Run a ${title} action`,
          readOnlyHint: hints.every(({ readOnlyHint }) => readOnlyHint),
          destructiveHint: hints.some(({ destructiveHint }) => destructiveHint),
          idempotentHint: hints.every(({ idempotentHint }) => idempotentHint),
          openWorldHint: true,
        },
      },
      async call(given, options) {
        const { action: name, arguments: args = {} } = given
        const action = typeof name === 'string' ? byName.get(name) : undefined
        if (action === undefined) return toolError(unknownAction(name, search))
        if (!isRecord(args)) return toolError(problem('arguments', 'arguments must be an object.'))
        const { args: inputs, confirm } = takeConfirm(host, action, args)
        return runTool(host, action, inputsOfArguments(action, style, inputs), { ...options, confirm })
      },
    },
  ]
}

function problem(name: string, message: string): InputError {
  return new InputError([{ code: 'input/invalid', name, message }])
}

function unknownAction(name: unknown, search: string): UnknownNameError {
  const what = typeof name === 'string' ? `no action "${name.slice(0, 100)}"` : 'no action without a name'
  return new UnknownNameError('action/unknown', {
    message: `There is ${what} here.`,
    hint: `Find the name with ${search} first.`,
  })
}
