import { isRecord } from '../../http/index.ts'
import { compileRequest } from '../request/compile-request.ts'
import { compileNamedArguments } from './named-arguments.ts'
import type { StepFunction } from './step-compiler.ts'

const readingMethods = ['tools/list']

/** Calls a tool of an MCP server, or lists its tools. */
export const mcpRequestStep: StepFunction = {
  name: 'mcp_request',
  versions: ['1'],
  compile({ functionName, parameters, at, extension, extensionAt, defaults, compiler }) {
    const { args, method, toolName, timeout, ...call } = parameters
    // Address, authorization and secrets are those of any request; the client of the protocol fills in the rest.
    const request = compileRequest(
      { ...call, method: 'post' },
      at,
      extension,
      extensionAt,
      defaults,
      compiler,
    )
    const values = compiler.value({ method, toolName, timeout }, at)
    const readArgs = compileNamedArguments(args, compiler, [...at, 'args'])
    const reads = typeof method === 'string' && readingMethods.includes(method)
    return {
      kind: 'mcp_request',
      functionName,
      request: reads ? { ...request, effect: 'read' } : request,
      pageParts: [],
      read(context) {
        const evaluated = values.evaluate(context)
        const { method: asked, toolName: tool, timeout: wait } = isRecord(evaluated) ? evaluated : {}
        return {
          method: String(asked),
          ...(typeof tool === 'string' ? { toolName: tool } : {}),
          ...(Number(wait) > 0 ? { timeoutMs: Number(wait) } : {}),
          arguments: readArgs(context),
        }
      },
    }
  },
}
