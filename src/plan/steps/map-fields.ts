import { isRecord } from '../../http/index.ts'
import { type Compiler, type DefinitionPath, safely } from '../compiler.ts'
import type { RunContext } from '../run-context.ts'
import type { StepResult } from '../step-plan.ts'
import { compileFields } from './mapping/compile-fields.ts'
import { fieldsOfStep } from './mapping/fields-of-step.ts'
import { startMapping } from './mapping/mapping-compilation.ts'
import type { StepFunction } from './step-compiler.ts'

/** Maps a record, or each record of a list, to the fields of a common shape. */
export const mapFieldsStep: StepFunction = {
  name: 'map_fields',
  versions: ['2'],
  compile(source) {
    const { functionName, parameters, at, compiler } = source
    const mapping = startMapping()
    const { fields, at: fieldsAt } = fieldsOfStep(source)
    const map = compileFields(fields, fieldsAt, compiler, mapping)
    const readData = compileDataSource(parameters['dataSource'], [...at, 'dataSource'], compiler)
    const readExternal = compileExternalSources(
      parameters['externalSources'],
      [...at, 'externalSources'],
      compiler,
    )
    const { faults, loads } = mapping
    return {
      kind: 'pure',
      functionName,
      ...(loads.size === 0
        ? {}
        : { load: async () => void (await Promise.all([...loads].map((load) => load()))) }),
      run(context): StepResult {
        const data = readData(context)
        if (!data) return {}
        const errors = faults.startCount()
        const state = { ...context, ...readExternal(context) }
        const mapOne = (record: unknown) => map(isRecord(record) ? record : {}, state, errors)
        const output = { data: Array.isArray(data) ? data.map(mapOne) : mapOne(data) }
        return { output, ...errors.toEntries(Array.isArray(data) ? data.length : 1) }
      },
    }
  },
}

/** The expression that gives the records; null where it fails. */
export function compileDataSource(
  source: unknown,
  at: DefinitionPath,
  compiler: Compiler,
): (context: RunContext) => unknown {
  return typeof source === 'string' ? safely(compiler.expression(source, at)) : () => source
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
