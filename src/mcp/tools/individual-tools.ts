import { actionTool } from './action-tool.ts'
import { takeConfirm } from './confirm-argument.ts'
import { inputsOfArguments, type ParameterStyle } from './parameter-style.ts'
import { runTool } from './run-tool.ts'
import type { ToolBox, ToolHost } from './tool-box.ts'

/** A tool for each action. */
export function individualTools(host: ToolHost, style: ParameterStyle): ToolBox {
  const entries = host.offered.map(({ action }) => ({
    action,
    tool: actionTool(host, action, style),
  }))
  const byName = new Map(entries.map(({ tool, action }) => [tool.name, action]))
  return {
    tools: entries.map(({ tool }) => tool),
    call(name, given, options) {
      const action = byName.get(name)
      if (action === undefined) return undefined
      const { args, confirm } = takeConfirm(host, action, given)
      return runTool(host, action, inputsOfArguments(action, style, args), { ...options, confirm })
    },
  }
}
