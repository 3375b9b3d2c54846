import { HubError } from '../hub-error.ts'

/** A key that is bound to an account sees no other one. */
export function ownId(bound: string | null, wanted: string): string {
  if (bound !== null && bound !== wanted)
    throw new HubError('hub/account-unknown', { message: `There is no account "${wanted}".` })
  return wanted
}
