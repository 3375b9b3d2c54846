import type { Catalog, CatalogEntry } from '../../catalog/index.ts'
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
  const catalog = await context.openCatalog()
  const actions = await selectActions(catalog, connector, search)
  if (connector === undefined) await noteBrokenConnectors(context, await catalog.list())
  if (console.json) return console.printJson({ actions: actions.map(actionSummary) })
  if (actions.length === 0) return console.note('No action matches.')
  const { formatTable } = await import('../output/print-table.ts')
  const rows = actions.map(({ qualifiedId, label, effect, stage, evidence }) => [
    qualifiedId,
    effect,
    stage,
    evidence === undefined
      ? ''
      : [evidence.request, evidence.response].filter((mark) => mark !== undefined).join('/'),
    label,
  ])
  await console.print(formatTable(console, ['Action', 'Effect', 'Stage', 'Evidence', 'Label'], rows))
}

/** Their actions are missing from every list, which should surprise nobody. */
export async function noteBrokenConnectors(
  { console, displayPath }: CommandContext,
  entries: readonly CatalogEntry[],
): Promise<void> {
  for (const { key, path } of entries.filter(({ plan }) => plan === null)) {
    await console.note(`${key} cannot be compiled: \`mainspring lint ${displayPath(path)}\` shows why.`)
  }
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
