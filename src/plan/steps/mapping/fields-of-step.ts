import type { DefinitionPath } from '../../compiler.ts'
import type { StepSource } from '../step-compiler.ts'

/**
 * The fields of a map_fields or typecast step. Published definitions leave them to the action, whose `fieldConfigs`
 * the loader of the original copies in.
 */
export function fieldsOfStep({ parameters, at, action, actionAt }: StepSource): {
  readonly fields: readonly unknown[] | undefined
  readonly at: DefinitionPath
} {
  const own = parameters['fields']
  if (Array.isArray(own)) return { fields: own, at: [...at, 'fields'] }
  const shared = action['fieldConfigs']
  return { fields: Array.isArray(shared) ? shared : undefined, at: [...actionAt, 'fieldConfigs'] }
}
