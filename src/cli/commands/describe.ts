import type { ActionPlan, ConnectorPlan, InputPlan } from '../../plan/index.ts'
import { shellQuote } from '../call/shell-quote.ts'
import type { CommandContext } from '../command-context.ts'
import { actionSummary } from './actions.ts'

/** Shows one action in full. */
export async function execute(context: CommandContext, [actionId]: readonly [string]): Promise<void> {
  const { console } = context
  const { connector, action } = await (await context.openCatalog()).find(actionId)
  if (console.json) return console.printJson({ action: actionData(context, action) })
  const { formatFacts, formatTable } = await import('../output/print-table.ts')
  const { wrapText } = await import('../output/wrap-text.ts')
  const wrap = (text: string) => wrapText(text, console.columns)
  const heading = (text: string) => console.style('bold', text)
  const inputs = flatInputs(action.inputs).map(({ name, input }) => [
    name,
    typeText(input),
    input.required ? 'yes' : '',
    inputText(input),
  ])
  const parts = [
    `${heading(action.qualifiedId)}  ${action.label} (${connector.title})`,
    wrap(action.description),
    ...(action.details === undefined ? [] : [wrap(action.details)]),
    formatFacts(console, factsOf(action)).trimEnd(),
    inputs.length === 0
      ? 'No inputs.'
      : `${heading('Inputs')}\n${formatTable(console, ['Name', 'Type', 'Required', 'Meaning'], inputs).trimEnd()}`,
    `${heading('Example')}\n  npx mainspring ${await exampleCall(context, connector, action)}`,
  ]
  await console.print(`${parts.join('\n\n')}\n`)
}

function actionData({ displayPath }: CommandContext, action: ActionPlan): Readonly<Record<string, unknown>> {
  const { details, inputs, inputSchema, passthrough, listing, location } = action
  return {
    ...actionSummary(action),
    ...(details === undefined ? {} : { details }),
    passthrough,
    ...(listing === undefined
      ? {}
      : { paging: { pageSize: listing.pageSizeInput, cursor: listing.cursorInput } }),
    inputs,
    inputSchema,
    source: { file: displayPath(location.file), line: location.range.start.line },
  }
}

function factsOf(action: ActionPlan): readonly (readonly [name: string, text: string])[] {
  const { effect, stage, evidence, listing, passthrough } = action
  return [
    ['Effect', effectText(effect, passthrough)],
    ['Stage', `${stage}${stage === 'preview' ? ': runs only with --preview' : ''}`],
    ...(evidence === undefined ? [] : [['Evidence', evidenceText(evidence)] as const]),
    ...(listing === undefined ? [] : [['Paging', pagingText(listing)] as const]),
  ]
}

function pagingText({ cursorInput }: NonNullable<ActionPlan['listing']>): string {
  return `one page a run; --all or --limit for more, or ${cursorInput} with the \`next\` of a page`
}

function effectText(effect: ActionPlan['effect'], passthrough: boolean): string {
  if (passthrough) return 'as its method; one that writes needs --allow-writes'
  return effect === 'write' ? 'write: changes data at the provider' : 'read'
}

function evidenceText({ request, response, source, note }: NonNullable<ActionPlan['evidence']>): string {
  const marks = response === undefined ? request : `request ${request}, response ${response}`
  return [`${marks}. ${source}.`, note].filter((text) => text !== undefined).join(' ')
}

interface NamedInput {
  readonly name: string
  readonly input: InputPlan
}

/** Nested properties under the name that problems use for them: `address.city`, `tags[].id`. */
function flatInputs(inputs: readonly InputPlan[], prefix = ''): readonly NamedInput[] {
  return inputs.flatMap((input) => {
    const name = `${prefix}${input.name}`
    return [{ name, input }, ...flatInputs(input.properties ?? [], `${name}${input.array ? '[]' : ''}.`)]
  })
}

function typeText({ type, array, nullable }: InputPlan): string {
  return `${type.replace('_string', '')}${array ? ' list' : ''}${nullable ? ' or null' : ''}`
}

function inputText({ description = '', values }: InputPlan): string {
  return values === undefined ? description : `${description} One of: ${values.join(', ')}.`.trim()
}

/** A call with every required input, ready to be completed; the sandbox makes it safe to try. */
async function exampleCall(
  { rooms }: CommandContext,
  { key }: ConnectorPlan,
  action: ActionPlan,
): Promise<string> {
  const { sampleInputs } = await rooms.plan()
  const all = sampleInputs(action, 'all')
  const pageSize = Object.entries(all).filter(([name]) => name === action.listing?.pageSizeInput)
  const inputs = Object.entries({ ...sampleInputs(action), ...Object.fromEntries(pageSize) }).map(
    ([name, value]) =>
      ` --input ${shellQuote(`${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)}`,
  )
  const { findSandboxProvider } = await rooms.sandbox()
  const target = findSandboxProvider(key) === undefined ? '' : ' --sandbox'
  return `run ${action.qualifiedId}${target}${action.stage === 'preview' ? ' --preview' : ''}${inputs.join('')}`
}
