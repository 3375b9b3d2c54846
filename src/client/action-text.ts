import { isRecord } from '../http/index.ts'
import type { ActionPlan, ConnectorPlan } from '../plan/index.ts'
import { comment } from './comment.ts'
import { camelCase, pascalCase } from './names.ts'
import { memberLines, typeText } from './type-text.ts'

/** The types of one connector: the inputs of each action, and the client that has a method for each. */
export function connectorTypes(plan: ConnectorPlan): string {
  const inputs = plan.actions.map((action) => inputsType(plan, action)).join('\n')
  const members = plan.actions.map((action) => method(plan, action)).join('\n')
  return `${inputs}
${comment(`The actions of ${plan.title} ${plan.version}.`, '')}export interface ${clientName(plan)} {
${members}}
`
}

/** The name of the type that has a connector's actions as methods: `ClockworkClient`. */
export function clientName(plan: ConnectorPlan): string {
  return `${pascalCase(plan.key)}Client`
}

/** The name of the constant that holds a connector's {@link actionTable}. */
export function tableName(plan: ConnectorPlan): string {
  return `${camelCase(plan.key)}Actions`
}

/** What the calls need to know of each action at run time, a line an action. */
export function actionTable(plan: ConnectorPlan): string {
  const rows = plan.actions.map((action) => {
    const places = Object.fromEntries(
      action.inputs.flatMap(({ name, in: place }) => (place === undefined ? [] : [[name, place]])),
    )
    const cursor = action.listing === undefined ? {} : { cursor: action.listing.cursorInput }
    const entry = { id: action.qualifiedId, ...cursor, ...(action.inputs.length > 0 ? { places } : {}) }
    return `  ${camelCase(action.id)}: ${JSON.stringify(entry)},\n`
  })
  return `{\n${rows.join('')}}`
}

function inputsName(plan: ConnectorPlan, action: ActionPlan): string {
  return `${pascalCase(plan.key)}${pascalCase(action.id)}Inputs`
}

function inputsType(plan: ConnectorPlan, action: ActionPlan): string {
  const text = comment(`Inputs of \`${action.qualifiedId}\`.`, '')
  return `${text}export interface ${inputsName(plan, action)} {\n${memberLines(action.inputSchema, '  ')}}\n`
}

function method(plan: ConnectorPlan, action: ActionPlan): string {
  const inputs = inputsName(plan, action)
  const stage = action.stage === 'stable' ? '' : `\n\nStage: ${action.stage}.`
  const text = comment(`${action.description}${stage}`, '  ')
  const optional = action.inputs.some(({ required }) => required) ? 'Action' : 'FreeAction'
  const output = action.outputSchema ?? {}
  const type =
    action.listing === undefined
      ? `${optional}<${inputs}, ${typeText(output, '  ')}>`
      : `${optional.replace('Action', 'Listing')}<${inputs}, ${rowType(output)}>`
  return `${text}  readonly ${camelCase(action.id)}: ${type}\n`
}

function rowType(output: Readonly<Record<string, unknown>>): string {
  return isRecord(output['items']) ? typeText(output['items'], '  ') : 'JsonObject'
}
