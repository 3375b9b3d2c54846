import type { PreparedCall } from '../../plan/index.ts'
import type { RenewalReason } from '../run-event.ts'

/** What one wait may cost the run. */
export interface Patience {
  readonly signal?: AbortSignal | undefined
  readonly remainingMs: number
}

/** Keeps the credentials of one run fresh. */
export interface FreshCredentials {
  /**
   * Before a request: renews what is missing or about to end. A renewal that fails while the token still lives is left
   * for later.
   *
   * @returns why it was renewed, or undefined where nothing had to be done
   * @throws {AuthError} `auth/…`; {NetworkError} `call/aborted`, `network/timeout`
   */
  freshen(call: PreparedCall, patience: Patience): Promise<RenewalReason | undefined>
  /**
   * After the provider has refused the token: takes the one that another run has stored meanwhile, or renews it.
   *
   * @returns whether there is another token to try with
   */
  replaceRejected(call: PreparedCall, patience: Patience): Promise<boolean>
}
