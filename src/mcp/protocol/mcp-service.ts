import type { ToolBox } from '../tools/tool-box.ts'

/** What one caller is served. */
export interface McpService {
  readonly info: { readonly name: string; readonly title?: string; readonly version: string }
  /** How to use the tools, for the model. */
  readonly instructions?: string
  readonly toolBox: ToolBox
  /** Who the caller is: one caller can never cancel the call of another. */
  readonly principal: string
}
