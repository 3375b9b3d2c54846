import type { CallToolResult } from '@modelcontextprotocol/server'
import type { Observer, RunEvent } from '../../engine/index.ts'
import { InternalError, MainspringError } from '../../errors/index.ts'
import type { ActionPlan } from '../../plan/index.ts'
import type { ToolCallOptions, ToolHost, ToolProgress } from './tool-box.ts'
import { toolError, toolResult } from './tool-result.ts'

/** Runs an action for an agent; every failure becomes a result that says what to do. */
export async function runTool(
  host: ToolHost,
  action: ActionPlan,
  inputs: Readonly<Record<string, unknown>>,
  { signal, onProgress, confirm }: ToolCallOptions & { readonly confirm?: string | undefined },
): Promise<CallToolResult> {
  try {
    const observer = onProgress && reportProgress(onProgress)
    const { data, next } = await host.run(action, inputs, {
      signal,
      ...(observer && { observer }),
      ...(confirm === undefined ? {} : { confirm }),
    })
    return toolResult({ data: data ?? null, ...(next === undefined ? {} : { next }) })
  } catch (thrown) {
    if (thrown instanceof MainspringError) return toolError(thrown)
    return toolError(
      new InternalError({ message: 'The call met an unexpected failure.', action: action.qualifiedId }),
    )
  }
}

/** Events that mean the call has come further, counted; waiting for the provider is worth knowing too. */
function reportProgress(report: (progress: ToolProgress) => void): Observer {
  let progress = 0
  return (event) => {
    const message = progressMessage(event)
    if (message === undefined) return
    progress += 1
    report({ progress, message })
  }
}

function progressMessage(event: RunEvent): string | undefined {
  if (event.type === 'page') {
    const of = event.total === undefined ? '' : ` of ${event.total}`
    return `${event.step}: page ${event.page}, ${event.rows} rows${of}`
  }
  if (event.type === 'step-finished') return `${event.step}: ${event.successful ? 'done' : 'failed'}`
  if (event.type === 'http' && event.event.type === 'retry') return `${event.step}: trying again`
  return undefined
}
