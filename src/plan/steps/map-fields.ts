import { isRecord } from '../../http/index.ts'
import { type Compiler, type DefinitionPath, safely } from '../compiler.ts'
import type { RunContext, StepOutput } from '../run-context.ts'
import { compileFields, type FieldError } from './mapped-field.ts'
import type { StepFunction } from './step-compiler.ts'

/** Maps a record, or each record of a list, to the fields of a common shape. */
export const mapFieldsStep: StepFunction = {
  name: 'map_fields',
  versions: ['2'],
  compile({ functionName, parameters, at, action, actionAt, compiler }) {
    const own = Array.isArray(parameters['fields'])
    // Published definitions leave the fields to the action: the loader of the original copies them in.
    const source = own ? parameters['fields'] : action['fieldConfigs']
    const fields = compileFields(source, own ? [...at, 'fields'] : [...actionAt, 'fieldConfigs'], compiler)
    const dataSource = parameters['dataSource']
    const readData =
      typeof dataSource === 'string'
        ? safely(compiler.expression(dataSource, [...at, 'dataSource']))
        : () => dataSource
    const readExternal = compileExternalSources(
      parameters['externalSources'],
      [...at, 'externalSources'],
      compiler,
    )
    return {
      kind: 'pure',
      functionName,
      run(context) {
        const data = readData(context)
        if (data === undefined || data === null || data === false || data === '' || data === 0) return {}
        const errors: FieldError[] = []
        const state = { ...context, ...readExternal(context) }
        const mapOne = (record: unknown) => fields(isRecord(record) ? record : {}, state, errors)
        const output: StepOutput = { data: Array.isArray(data) ? data.map(mapOne) : mapOne(data) }
        return errors.length === 0 ? { output } : { output, errors }
      },
    }
  },
}

function compileExternalSources(
  sources: unknown,
  at: DefinitionPath,
  compiler: Compiler,
): (context: RunContext) => { external?: Record<string, unknown> } {
  if (!isRecord(sources)) return () => ({})
  const readers = Object.entries(sources).map(([name, value]) => ({
    name,
    read: compiler.value(value, [...at, name]).evaluate,
  }))
  return (context) => ({
    external: Object.fromEntries(readers.map(({ name, read }) => [name, read(context)])),
  })
}
