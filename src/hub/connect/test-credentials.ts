import { type RunOptions, runAction } from '../../engine/index.ts'
import { MainspringError } from '../../errors/index.ts'
import { runTarget } from '../accounts/accounts.ts'
import type { Integration } from '../integrations/integration.ts'
import type { Credentials } from '../vault/vault.ts'

const testTimeoutMs = 20_000

/**
 * Runs the test actions of the definition with these credentials. One that is not required may fail.
 *
 * @returns the failure that keeps the account from being linked, or null
 */
export async function testCredentials(
  integration: Integration,
  credentials: Credentials,
  options: Pick<RunOptions, 'signal' | 'observer' | 'transport'>,
): Promise<MainspringError | null> {
  const { connector, method } = integration
  for (const { actionId, required } of method.testActions) {
    try {
      await runAction(connector, actionId, {
        ...runTarget(integration),
        ...options,
        credentials,
        timeoutMs: testTimeoutMs,
        allowPreview: true,
      })
    } catch (error) {
      if (!(error instanceof MainspringError)) throw error
      if (required || error.code === 'call/aborted') return error
    }
  }
  return null
}
