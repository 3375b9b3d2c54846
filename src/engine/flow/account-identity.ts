import type { PreparedCall } from '../../plan/index.ts'
import { isCredentialSource } from '../auth/credential-source.ts'
import { keyedHash } from '../cache/keyed-hash.ts'
import type { RunOptions } from '../run-options.ts'

/** Whose call it is, as far as budgets and ceilings go: the same before and after its tokens are renewed. */
export interface AccountIdentity {
  readonly key: string
  /** As the caller names it; undefined where only credentials tell accounts apart. */
  readonly name: string | undefined
}

export function accountIdentityOf(
  { plan, authentication, context, environment }: PreparedCall,
  { credentials }: RunOptions,
): AccountIdentity {
  const place = [plan.key, plan.file, authentication?.key, context.context.environment, environment.origin]
  if (isCredentialSource(credentials))
    return { key: JSON.stringify([...place, credentials.key]), name: credentials.key }
  // What people were asked for stays; tokens beside it come and go.
  const asked = (authentication?.configFields ?? []).flatMap(({ key }) =>
    context.credentials[key] === undefined ? [] : [key, context.credentials[key]],
  )
  return { key: keyedHash([...place, asked.length > 0 ? asked : context.credentials]), name: undefined }
}
