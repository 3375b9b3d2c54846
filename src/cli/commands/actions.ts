import type { ActionListing, Catalog, CatalogListing } from '../../catalog/index.ts'
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
  if (connector === undefined) await noteBrokenConnectors(context, await catalog.listings())
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
  listings: readonly CatalogListing[],
): Promise<void> {
  for (const { key, path } of listings.filter(({ connector }) => connector === null)) {
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
}: ActionListing): Readonly<Record<string, unknown>> {
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
): Promise<readonly ActionListing[]> {
  // It throws where there is no such connector, or it cannot be compiled.
  const wanted = connector === undefined ? undefined : await catalog.describe(connector)
  if (search !== undefined) {
    const hits = await catalog.search(search)
    return hits
      .filter((hit) => wanted === undefined || hit.connector.key === wanted.key)
      .map(({ action }) => action)
  }
  if (wanted !== undefined) return wanted.actions
  return (await catalog.listings()).flatMap((listing) => listing.connector?.actions ?? [])
}
