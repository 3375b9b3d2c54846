import { AuthError } from '../../errors/index.ts'
import { type ConnectorPlan, findAuthentication, type PreparedCall, renewCall } from '../../plan/index.ts'
import type { RenewalReason } from '../run-event.ts'
import { waitFor } from '../wait-for.ts'
import { accountOf, type RenewalSettings, readStored, renew } from './account-renewal.ts'
import type { CredentialSource } from './credential-source.ts'
import type { StoredCredentials } from './credential-state.ts'
import type { FreshCredentials, Patience } from './fresh-credentials.ts'
import { isRenewable } from './refresh-credentials.ts'
import { endOf, renewalTime } from './token-life.ts'

/** Keeps the credentials of one run fresh: before they end, and after the provider has refused them. */
export class CredentialSession implements FreshCredentials {
  readonly #plan: ConnectorPlan
  readonly #source: CredentialSource
  readonly #settings: RenewalSettings
  readonly #first: string | number
  /** Versions by the credentials of calls: a run has several where it looks for a lost write. */
  readonly #adopted = new WeakMap<object, string | number>()
  #stored: StoredCredentials
  /** The last renewal of this process that the session has heard of. */
  #known: string | number | undefined

  /** @throws {AuthError} `auth/reconnect-needed`, `auth/store-failed` */
  static async open(
    plan: ConnectorPlan,
    source: CredentialSource,
    settings: RenewalSettings,
  ): Promise<CredentialSession> {
    const { renewedTo } = accountOf(plan, source)
    const stored = await readStored(source)
    refuseReconnect(plan, stored)
    return new CredentialSession(plan, source, settings, stored, renewedTo)
  }

  private constructor(
    plan: ConnectorPlan,
    source: CredentialSource,
    settings: RenewalSettings,
    stored: StoredCredentials,
    known: string | number | undefined,
  ) {
    this.#plan = plan
    this.#source = source
    this.#settings = settings
    this.#first = stored.version
    this.#stored = stored
    this.#known = known
  }

  get credentials(): Readonly<Record<string, unknown>> {
    return this.#stored.credentials
  }

  async freshen(call: PreparedCall, patience: Patience): Promise<RenewalReason | undefined> {
    await this.#catchUp()
    const has = this.#adopted.get(call.context.credentials) ?? this.#first
    if (has !== this.#stored.version) this.#adopt(call)
    const reason = this.#reason()
    if (reason === undefined) return undefined
    try {
      await this.#renew(call, patience, false)
      return reason
    } catch (error) {
      const end = endOf(this.#stored)
      const lives = reason === 'expiring' && end !== undefined && end > this.#now()
      if (lives && error instanceof AuthError && error.retryable) return undefined
      throw error
    }
  }

  async replaceRejected(call: PreparedCall, patience: Patience): Promise<boolean> {
    if (!this.#canRenew()) return false
    const refused = this.#stored.version
    await this.#renew(call, patience, true)
    return this.#stored.version !== refused
  }

  /** Another run has renewed the account since: its token is the one that counts. */
  async #catchUp(): Promise<void> {
    const { renewedTo } = accountOf(this.#plan, this.#source)
    if (renewedTo === this.#known) return
    this.#known = renewedTo
    if (renewedTo === this.#stored.version) return
    this.#stored = await readStored(this.#source)
    refuseReconnect(this.#plan, this.#stored)
  }

  #reason(): RenewalReason | undefined {
    if (accountOf(this.#plan, this.#source).unsaved !== undefined) return 'expiring'
    if (!this.#canRenew()) return undefined
    const method = this.#method()
    const hasNoToken = this.#stored.credentials['accessToken'] === undefined
    if (hasNoToken && (method?.oauth !== undefined || method?.refresh !== undefined)) return 'missing'
    const due = renewalTime(this.#stored, this.#source.key)
    return due !== undefined && due <= this.#now() ? 'expiring' : undefined
  }

  async #renew(call: PreparedCall, { signal, remainingMs }: Patience, refused: boolean): Promise<void> {
    const renewal = renew(this.#plan, this.#source, this.#stored, this.#settings, refused)
    this.#stored = await waitFor(
      renewal,
      signal,
      remainingMs,
      'The renewal of the credentials took too long.',
    )
    refuseReconnect(this.#plan, this.#stored)
    this.#adopt(call)
  }

  /** The credentials of the call under way follow those of the session. */
  #adopt(call: PreparedCall): void {
    const { setup } = this.#settings
    this.#adopted.set(call.context.credentials, this.#stored.version)
    renewCall(call, { credentials: this.#stored.credentials, ...(setup === undefined ? {} : { setup }) })
  }

  #canRenew(): boolean {
    const method = this.#method()
    return method !== undefined && isRenewable(method, this.#stored.credentials)
  }

  #method() {
    return findAuthentication(this.#plan, this.#settings.authentication)
  }

  #now(): number {
    return (this.#settings.now ?? Date.now)()
  }
}

function refuseReconnect({ title }: ConnectorPlan, { reconnectNeeded }: StoredCredentials): void {
  if (reconnectNeeded === undefined) return
  throw new AuthError('auth/reconnect-needed', {
    message: `The account of ${title} has to be linked again since ${reconnectNeeded.at}: ${reconnectNeeded.message}`,
  })
}
