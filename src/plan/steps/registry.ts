import { downloadFileStep } from './download-file.ts'
import { emitEventStep } from './emit-event.ts'
import { groupDataStep } from './group-data.ts'
import { legacyStep } from './legacy-step.ts'
import { mapFieldsStep } from './map-fields.ts'
import { paginatedRequestStep } from './paginated-request.ts'
import { requestStep } from './request.ts'
import { signJwtStep } from './sign-jwt.ts'
import { soapPaginatedRequestStep, soapRequestStep } from './soap-request.ts'
import { staticValuesStep } from './static-values.ts'
import type { StepFunction } from './step-compiler.ts'
import { typecastStep } from './typecast.ts'
import { uploadBinaryStep } from './upload-binary.ts'
import { uploadFileStep } from './upload-file.ts'

/** The step functions that run. */
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
]

/** Step functions of the format that are known and do not run yet. */
const planned: ReadonlyMap<string, readonly string[]> = new Map([
  ['code_execution_lambda', ['1']],
  ['mcp_request', ['1']],
  ['browser_use', ['1']],
])

/** The step function of a name and version; `planned` where the format has it and this engine does not run it yet. */
export function findStepFunction(name: string, version: string): StepFunction | 'planned' | undefined {
  const found = built.find((step) => step.name === name && step.versions.includes(version))
  return found ?? (planned.get(name)?.includes(version) ? 'planned' : undefined)
}

/** Every name of the format. */
export const stepFunctionNames: readonly string[] = [
  ...new Set([...built.map((step) => step.name), ...planned.keys()]),
]
