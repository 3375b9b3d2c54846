import type { Catalog } from '../../catalog/index.ts'
import type { ActionPlan } from '../../plan/index.ts'
import type { CommandContext } from '../command-context.ts'

interface ActionsOptions {
  readonly search?: string
}

/** Lists actions, with what a caller has to know before choosing one. */
export async function execute(
  context: CommandContext,
  [connector]: readonly [string | undefined],
  { search }: ActionsOptions,
): Promise<void> {
  const { console } = context
  const actions = await selectActions(await context.openCatalog(), connector, search)
  if (console.json) return console.printJson({ actions: actions.map(actionSummary) })
  if (actions.length === 0) return console.note('No action matches.')
  const { formatTable } = await import('../output/print-table.ts')
  const rows = actions.map(({ qualifiedId, label, effect, stage, evidence }) => [
    qualifiedId,
    effect,
    stage,
    evidence === undefined ? '' : `${evidence.request}${evidence.response ?? ''}`,
    label,
  ])
  await console.print(formatTable(console, ['Action', 'Effect', 'Stage', 'Evidence', 'Label'], rows))
}

/** What lists and searches show of an action. */
export function actionSummary({
  qualifiedId,
  label,
  description,
  actionType,
  effect,
  stage,
  evidence,
  listing,
}: ActionPlan): Readonly<Record<string, unknown>> {
  return {
    id: qualifiedId,
    label,
    description,
    actionType,
    effect,
    stage,
    ...(evidence === undefined ? {} : { evidence }),
    pages: listing !== undefined,
  }
}

async function selectActions(
  catalog: Catalog,
  connector: string | undefined,
  search: string | undefined,
): Promise<readonly ActionPlan[]> {
  if (search !== undefined) {
    const hits = await catalog.search(search)
    const wanted = connector === undefined ? undefined : await catalog.connector(connector)
    return hits.filter((hit) => wanted === undefined || hit.connector === wanted).map(({ action }) => action)
  }
  if (connector !== undefined) return (await catalog.connector(connector)).actions
  return (await catalog.list()).flatMap(({ plan }) => plan?.actions ?? [])
}
