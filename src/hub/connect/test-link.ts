import { type CredentialTest, type RunOptions, testCredentials } from '../../engine/index.ts'
import { MainspringError } from '../../errors/index.ts'
import { runTarget } from '../accounts/run-target.ts'
import type { Integration } from '../integrations/integration.ts'

const testTimeoutMs = 20_000

/** Why a test of credentials failed, and the fields that it points to. */
export interface FailedTest extends Pick<CredentialTest, 'suspects' | 'hint'> {
  readonly error: MainspringError
}

/** Runs the test actions of the definition. @returns null where every required one passed */
export async function testLink(
  integration: Integration,
  options: Pick<RunOptions, 'signal' | 'transport' | 'flow' | 'account' | 'setup'> & {
    readonly credentials: Readonly<Record<string, unknown>>
  },
): Promise<FailedTest | null> {
  try {
    const test = await testCredentials(integration.connector, {
      ...runTarget(integration),
      ...options,
      timeoutMs: testTimeoutMs,
    })
    const failed = test.results.find(({ ok, required }) => required && !ok)
    if (test.ok || failed?.error === undefined) return null
    return {
      error: failed.error,
      suspects: test.suspects,
      ...(test.hint === undefined ? {} : { hint: test.hint }),
    }
  } catch (error) {
    if (!(error instanceof MainspringError)) throw error
    return { error, suspects: [] }
  }
}
