import type { CircuitChange } from '../../engine/index.ts'
import type { Store } from '../store/index.ts'
import { splitAccountKey } from './account-key.ts'

/** Writes into the history of an account that a host of its provider is left alone, or taken up again. */
export async function noteCircuit(
  store: Store,
  { account, connector, host, state }: CircuitChange,
  now: string,
): Promise<void> {
  const place = splitAccountKey(account)
  if (place === undefined) return
  const { projectId, accountId } = place
  await store.transaction(async ({ accounts, audit }) => {
    // While it is being linked there is none yet.
    if ((await accounts.get(projectId, accountId)) === undefined) return
    await audit.append(projectId, {
      at: now,
      actor: 'system',
      action: `account.circuit-${state}`,
      subject: `account:${accountId}`,
      detail: { provider: connector, host },
    })
  })
}
