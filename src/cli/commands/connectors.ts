import type { CatalogEntry } from '../../catalog/index.ts'
import type { CommandContext } from '../command-context.ts'
import { noteBrokenConnectors } from './actions.ts'

/** Lists the connectors; one that cannot be compiled is listed too, with how to learn why. */
export async function execute(context: CommandContext): Promise<void> {
  const { console } = context
  const entries = await (await context.openCatalog()).list()
  if (console.json)
    return console.printJson({ connectors: entries.map((entry) => connectorData(context, entry)) })
  const { formatTable } = await import('../output/print-table.ts')
  const rows = entries.map(({ key, plan, path }) => [
    key,
    plan?.title ?? '',
    plan?.version ?? '',
    plan === null ? 'cannot be compiled' : String(plan.actions.length),
    context.displayPath(path),
  ])
  await console.print(formatTable(console, ['Key', 'Title', 'Version', 'Actions', 'Path'], rows))
  await noteBrokenConnectors(context, entries)
}

function connectorData(
  { displayPath }: CommandContext,
  { key, path, plan, diagnostics }: CatalogEntry,
): unknown {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  if (plan === null) return { key, path: displayPath(path), errors }
  return {
    key,
    title: plan.title,
    version: plan.version,
    ...(plan.description === undefined ? {} : { description: plan.description }),
    actions: plan.actions.length,
    authentications: plan.authentications.map((authentication) => ({
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
    errors,
  }
}
