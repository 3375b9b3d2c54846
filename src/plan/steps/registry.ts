import { browserUseStep } from './browser-use.ts'
import { codeExecutionLambdaStep } from './code-execution-lambda.ts'
import { downloadFileStep } from './download-file.ts'
import { emitEventStep } from './emit-event.ts'
import { groupDataStep } from './group-data.ts'
import { legacyStep } from './legacy-step.ts'
import { mapFieldsStep } from './map-fields.ts'
import { mcpRequestStep } from './mcp-request.ts'
import { paginatedRequestStep } from './paginated-request.ts'
import { requestStep } from './request.ts'
import { signJwtStep } from './sign-jwt.ts'
import { soapPaginatedRequestStep, soapRequestStep } from './soap-request.ts'
import { staticValuesStep } from './static-values.ts'
import type { StepFunction } from './step-compiler.ts'
import { typecastStep } from './typecast.ts'
import { uploadBinaryStep } from './upload-binary.ts'
import { uploadFileStep } from './upload-file.ts'

/** The step functions of the format, a file each. */
const built: readonly StepFunction[] = [
  requestStep,
  paginatedRequestStep,
  soapRequestStep,
  soapPaginatedRequestStep,
  downloadFileStep,
  uploadFileStep,
  uploadBinaryStep,
  mapFieldsStep,
  legacyStep('map_fields'),
  typecastStep,
  legacyStep('typecast'),
  groupDataStep,
  staticValuesStep,
  signJwtStep,
  emitEventStep,
  mcpRequestStep,
  codeExecutionLambdaStep,
  browserUseStep,
]

/** The step function of a name and version. */
export function findStepFunction(name: string, version: string): StepFunction | undefined {
  return built.find((step) => step.name === name && step.versions.includes(version))
}

/** Every name of the format. */
export const stepFunctionNames: readonly string[] = [...new Set(built.map((step) => step.name))]
