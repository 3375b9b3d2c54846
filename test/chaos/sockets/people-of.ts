import { compileConnector, iterateAction, loadConnector, type Transport } from '../../../src/index.ts'
import type { Sandbox } from '../../../src/sandbox/index.ts'

/** How often each name stands among the people of the sandbox's first firm: what really was written. */
export async function peopleOf(
  sandbox: Sandbox,
  transport?: Transport,
): Promise<ReadonlyMap<string, number>> {
  const { model } = await loadConnector('connectors/clockwork')
  if (model === null) throw new Error('The connector does not load.')
  const rows = iterateAction(compileConnector(model), 'list_people', {
    credentials: { ...sandbox.firms[0] },
    origin: sandbox.origin,
    ...(transport === undefined ? {} : { transport }),
  })
  const names = new Map<string, number>()
  for await (const row of rows) {
    const { name } = row as { name: string }
    names.set(name, (names.get(name) ?? 0) + 1)
  }
  return names
}
