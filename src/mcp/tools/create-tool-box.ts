import { individualTools } from './individual-tools.ts'
import type { ParameterStyle } from './parameter-style.ts'
import { searchTools } from './search-tools.ts'
import type { ToolBox, ToolHost } from './tool-box.ts'

/** A tool for each action, or two that search and run them. */
export const toolModes = ['individual', 'search_execute'] as const
export type ToolMode = (typeof toolModes)[number]

export function createToolBox(host: ToolHost, mode: ToolMode, style: ParameterStyle): ToolBox {
  return mode === 'individual' ? individualTools(host, style) : searchTools(host, style)
}
