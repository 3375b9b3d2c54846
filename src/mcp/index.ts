export {
  createHttpEndpoint,
  type McpHttpAnswer,
  type McpHttpEndpoint,
  type McpHttpRequest,
} from './protocol/http-endpoint.ts'
export type { McpService } from './protocol/mcp-service.ts'
export { serveStdio } from './protocol/serve-stdio.ts'
export { createToolBox, type ToolMode, toolModes } from './tools/create-tool-box.ts'
export { inputsOfArguments, type ParameterStyle, parameterStyles } from './tools/parameter-style.ts'
export type { OfferedAction, ToolBox, ToolHost } from './tools/tool-box.ts'
