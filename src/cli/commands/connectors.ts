import type { CatalogListing } from '../../catalog/index.ts'
import type { CommandContext } from '../command-context.ts'
import { noteBrokenConnectors } from './actions.ts'

/** Lists the connectors; one that cannot be compiled is listed too, with how to learn why. */
export async function execute(context: CommandContext): Promise<void> {
  const { console } = context
  const listings = await (await context.openCatalog()).listings()
  if (console.json)
    return console.printJson({ connectors: listings.map((listing) => connectorData(context, listing)) })
  const { formatTable } = await import('../output/print-table.ts')
  const rows = listings.map(({ key, connector, path }) => [
    key,
    connector?.title ?? '',
    connector?.version ?? '',
    connector === null ? 'cannot be compiled' : String(connector.actions.length),
    context.displayPath(path),
  ])
  await console.print(formatTable(console, ['Key', 'Title', 'Version', 'Actions', 'Path'], rows))
  await noteBrokenConnectors(context, listings)
}

function connectorData(
  { displayPath }: CommandContext,
  { key, path, connector, errors }: CatalogListing,
): unknown {
  if (connector === null) return { key, path: displayPath(path), errors: errors.length }
  return {
    key,
    title: connector.title,
    version: connector.version,
    ...(connector.description === undefined ? {} : { description: connector.description }),
    actions: connector.actions.length,
    authentications: connector.authentications.map((authentication) => ({
      key: authentication.key,
      label: authentication.label,
      fields: authentication.configFields.map(({ key, label, required, secret }) => ({
        key,
        label,
        required,
        secret,
      })),
    })),
    path: displayPath(path),
    errors: errors.length,
  }
}
