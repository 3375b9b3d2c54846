import type { AuthenticationPlan, ConnectorPlan, RunContext } from '../../plan/index.ts'
import { isCredentialSource } from '../auth/credential-source.ts'
import { keyedHash } from '../cache/keyed-hash.ts'
import type { RunOptions } from '../run-options.ts'

/** Whose call it is, as far as budgets and ceilings go: the same before and after its tokens are renewed. */
export interface AccountIdentity {
  readonly key: string
  /** As the caller names it; undefined where only credentials tell accounts apart. */
  readonly name: string | undefined
}

/** The call, as far as it says whose it is. */
export interface IdentifiedCall {
  readonly plan: ConnectorPlan
  readonly authentication: AuthenticationPlan | undefined
  readonly context: RunContext
  readonly environment: { readonly origin?: string }
}

interface Known {
  readonly parts: readonly unknown[]
  readonly identity: AccountIdentity
}

// Hashing costs more than all else of a gate, and most callers use an object of credentials again. The parts are
// compared, since an object may change.
const known = new WeakMap<object, Known>()

export function accountIdentityOf(
  call: IdentifiedCall,
  { credentials, account }: Pick<RunOptions, 'credentials' | 'account'>,
): AccountIdentity {
  const place = placeOf(call)
  const name = account ?? (isCredentialSource(credentials) ? credentials.key : undefined)
  if (name !== undefined) return { key: JSON.stringify([...place, name]), name }
  const parts = [...place, ...partsOf(call)]
  const found = credentials === undefined ? undefined : known.get(credentials)
  if (found !== undefined && isSame(found.parts, parts)) return found.identity
  const identity = { key: keyedHash(parts), name: undefined }
  if (credentials !== undefined) known.set(credentials, { parts, identity })
  return identity
}

function placeOf({ plan, authentication, context, environment }: IdentifiedCall): unknown[] {
  return [plan.key, plan.file, authentication?.key, context.context.environment, environment.origin]
}

/** What people were asked for stays; tokens beside it come and go. */
function partsOf({ authentication, context: { credentials } }: IdentifiedCall): unknown[] {
  const asked: unknown[] = []
  for (const { key } of authentication?.configFields ?? [])
    if (credentials[key] !== undefined) asked.push(key, credentials[key])
  return asked.length > 0 ? asked : Object.entries(credentials).flat()
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((part, index) => part === other[index])
}
