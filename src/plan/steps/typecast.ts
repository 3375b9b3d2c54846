import { isRecord } from '../../http/index.ts'
import { compileCasts } from './casting/compile-casts.ts'
import { compileDataSource } from './map-fields.ts'
import { fieldsOfStep } from './mapping/fields-of-step.ts'
import type { StepFunction } from './step-compiler.ts'

/** Casts the values of a record, or of each record of a list, to the declared types. */
export const typecastStep: StepFunction = {
  name: 'typecast',
  versions: ['2'],
  compile(source) {
    const { functionName, parameters, at, compiler } = source
    const { fields } = fieldsOfStep(source)
    if (fields === undefined) return { kind: 'pure', functionName, run: () => ({}) }
    const cast = compileCasts(fields, compiler.exact)
    const castOne = (record: unknown) => (isRecord(record) ? cast(record) : record)
    const readData = compileDataSource(parameters['dataSource'], [...at, 'dataSource'], compiler)
    return {
      kind: 'pure',
      functionName,
      run(context) {
        const data = readData(context)
        if (!data) return {}
        return { output: { data: Array.isArray(data) ? data.map(castOne) : castOne(data) } }
      },
    }
  },
}
