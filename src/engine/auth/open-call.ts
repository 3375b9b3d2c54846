import { type ConnectorPlan, type PreparedCall, prepareCall } from '../../plan/index.ts'
import type { RunOptions } from '../run-options.ts'
import { CredentialSession } from './credential-session.ts'
import { isCredentialSource } from './credential-source.ts'

/** A call, and what keeps its credentials fresh where they come from a source. */
export interface OpenedCall {
  readonly call: PreparedCall
  readonly session: CredentialSession | undefined
}

/**
 * Checks a call as a whole, with the credentials read from their source.
 *
 * @throws {MainspringError} as `prepareCall`; `auth/reconnect-needed`, `auth/store-failed`
 */
export async function openCall(
  plan: ConnectorPlan,
  actionId: string,
  options: RunOptions,
): Promise<OpenedCall> {
  const { credentials, ...rest } = options
  if (!isCredentialSource(credentials))
    return {
      call: prepareCall(plan, actionId, { ...rest, ...(credentials === undefined ? {} : { credentials }) }),
      session: undefined,
    }
  const session = await CredentialSession.open(plan, credentials, rest)
  const call = prepareCall(plan, actionId, { ...rest, credentials: session.credentials })
  return { call, session }
}
