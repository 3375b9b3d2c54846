import type { ConnectorPlan } from '../plan/index.ts'
import { actionTable, clientName, tableName } from './action-text.ts'

export const engineImports = `import { type ConnectorPlan, iterateAction, type RunOptions, runAction } from 'mainspring'
`

/** How a client runs actions in its own process. */
export const engineRuntime = `function connect(plan: ConnectorPlan, base: RunOptions, table: Readonly<Record<string, ActionEntry>>): unknown {
  const methods = Object.entries(table).map(([name, { id, cursor }]) => {
    const call = (inputs: JsonObject = {}, options: CallOptions = {}) =>
      runAction(plan, id, { ...base, ...options, inputs })
    if (cursor === undefined) return [name, call]
    const all = (inputs: JsonObject = {}, options: CallOptions = {}) =>
      iterateAction(plan, id, { ...base, ...options, inputs })
    return [name, Object.assign(call, { all })]
  })
  return Object.fromEntries(methods)
}
`

/** The function that makes the client of one connector. */
export function engineFactory(plan: ConnectorPlan): string {
  const name = clientName(plan)
  return `/**
 * The actions of ${plan.title}, run in this process.
 *
 * @param plan - of this connector, made by \`compileConnector\`
 * @param base - credentials, and whatever else every call shares
 */
export function create${name}(plan: ConnectorPlan, base: Omit<RunOptions, 'inputs'>): ${name} {
  return connect(plan, base, ${tableName(plan)}) as ${name}
}

const ${tableName(plan)}: Readonly<Record<string, ActionEntry>> = ${actionTable(plan)}
`
}
