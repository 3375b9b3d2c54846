import { type CallOptions, type ConnectorPlan, type PreparedCall, prepareCall } from '../../plan/index.ts'
import type { RunOptions } from '../run-options.ts'
import type { RenewalSettings } from './account-renewal.ts'
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
  const { credentials, session } = await openSession(plan, options)
  const { credentials: _, ...rest } = options
  return {
    call: prepareCall(plan, actionId, { ...rest, ...(credentials === undefined ? {} : { credentials }) }),
    session,
  }
}

/** The plain credentials of a run, read where they come from a source. @throws {AuthError} */
export async function openSession(
  plan: ConnectorPlan,
  options: RunOptions,
): Promise<{ credentials: CallOptions['credentials']; session: CredentialSession | undefined }> {
  const { credentials } = options
  if (!isCredentialSource(credentials)) return { credentials, session: undefined }
  const session = await CredentialSession.open(plan, credentials, renewalSettings(options))
  return { credentials: session.credentials, session }
}

/** A renewal is a call of its own, which other runs wait for: it has no inputs, files, deadline or signal of this one. */
function renewalSettings(options: RunOptions & RenewalSettings): RenewalSettings {
  const names = [
    'authentication',
    'environment',
    'setup',
    'origin',
    'allowedOrigins',
    'observer',
    'transport',
    'flow',
    'account',
    'now',
  ] as const satisfies readonly (keyof RenewalSettings)[]
  return Object.fromEntries(
    names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  )
}
