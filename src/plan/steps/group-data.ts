import { isRecord } from '../../http/index.ts'
import type { RunContext } from '../run-context.ts'
import type { StepFunction } from './step-compiler.ts'

/** Joins the `data` of several steps: by index where it is a list, by key where it is a map. */
export const groupDataStep: StepFunction = {
  name: 'group_data',
  versions: ['1'],
  compile({ functionName, parameters, at, compiler }) {
    const ids = compiler.value(parameters['stepsDataToGroup'], [...at, 'stepsDataToGroup'])
    const single = compiler.value(parameters['isSingleRecord'], [...at, 'isSingleRecord'])
    return {
      kind: 'pure',
      functionName,
      run(context) {
        const list = ids.evaluate(context)
        const sources = (Array.isArray(list) ? list : [list]).flatMap((id: unknown) =>
          dataOf(String(id), context),
        )
        return {
          output: { data: single.evaluate(context) === true ? joinSingle(sources) : joinRows(sources) },
        }
      },
    }
  },
}

interface Source {
  readonly id: string
  readonly data: unknown
}

/** A step that was skipped, failed or gave no data takes no part. */
function dataOf(id: string, { steps }: RunContext): Source[] {
  const data = Object.hasOwn(steps, id) ? steps[id]?.output?.data : undefined
  return data === undefined || data === null ? [] : [{ id, data }]
}

function joinSingle(sources: readonly Source[]): Record<string, unknown> {
  return Object.fromEntries(sources.map(({ id, data }) => [id, data]))
}

/** The keys go in the order of an object's: numbers ascending, then the others as they come. */
function joinRows(sources: readonly Source[]): unknown[] {
  const rows: Record<string, Record<string, unknown>> = Object.create(null)
  for (const { id, data } of sources) {
    if (typeof data !== 'object' || data === null) continue
    for (const [key, record] of Object.entries(data)) {
      rows[key] ??= {}
      // As in the original: what is no record becomes an empty one.
      rows[key][id] = isRecord(record) ? record : {}
    }
  }
  return Object.values(rows)
}
