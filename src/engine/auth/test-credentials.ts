import { InternalError, MainspringError, UnknownNameError } from '../../errors/index.ts'
import {
  type ConnectorPlan,
  findAuthentication,
  prepareActionCall,
  prepareCredentials,
  type TestActionPlan,
} from '../../plan/index.ts'
import { runOnce } from '../run-once.ts'
import { diagnose } from './diagnose.ts'
import type { CredentialTest, CredentialTestResult, TestCredentialsOptions } from './linking.ts'

/**
 * Runs the test actions of a method, in order, to find out whether the provider takes these credentials. A failed test
 * is a result and no exception.
 *
 * @throws {AuthError} `auth/missing-credential`, `auth/invalid-credential`: nothing was sent; `auth/unknown-method`
 * @throws {NetworkError} `call/aborted`: the caller ended the test
 */
export async function testCredentials(
  plan: ConnectorPlan,
  options: TestCredentialsOptions,
): Promise<CredentialTest> {
  const authentication = findAuthentication(plan, options.authentication)
  prepareCredentials(authentication, options)
  const results: CredentialTestResult[] = []
  for (const test of authentication?.testActions ?? []) results.push(await runTest(plan, test, options))
  const failed = results.filter(({ ok }) => !ok)
  const { error } = failed.find(({ required }) => required) ?? failed[0] ?? {}
  const found = error && authentication ? diagnose(error, authentication) : { suspects: [] }
  return { ok: !failed.some(({ required }) => required), results, ...found }
}

async function runTest(
  plan: ConnectorPlan,
  { action, actionId, required, condition }: TestActionPlan,
  options: TestCredentialsOptions,
): Promise<CredentialTestResult> {
  const base = { actionId, required }
  if (action === undefined)
    return {
      ...base,
      ok: false,
      error: new UnknownNameError('action/unknown', {
        message: `The test action "${actionId}" does not exist in the connector "${plan.key}".`,
      }),
    }
  try {
    const call = prepareActionCall(
      plan,
      action,
      { ...options, allowPreview: true },
      { flowType: 'test_action' },
    )
    if (condition !== undefined && condition(call.context) !== true)
      return { ...base, ok: true, skipped: true }
    await runOnce(call, options, {})
    return { ...base, ok: true }
  } catch (thrown) {
    const error =
      thrown instanceof MainspringError
        ? thrown
        : new InternalError({ message: 'The test met an unexpected failure.' })
    if (error.code === 'call/aborted') throw error
    return { ...base, ok: false, error }
  }
}
