import type { PreparedRequest } from '../../../src/http/index.ts'
import type { VirtualClock } from './virtual-clock.ts'

export interface ProviderAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

/** What a provider counts of one account. */
export class ProviderAccount {
  /** The only access and refresh tokens that are worth anything. */
  generation = 1
  endsAtMs: number
  refreshes = 0
  /** Refresh tokens that came again after they had been used up. */
  reused = 0
  /** An answer with new tokens was lost on its way, so that nobody can know them. */
  tokensLost = false
  revocations = 0
  /** Moments at which its document became the next one; the first is there from the beginning. */
  readonly changedAtMs: number[] = []

  constructor(endsAtMs: number) {
    this.endsAtMs = endsAtMs
  }

  /** Versions of the document that were the latest at some moment of this time. */
  versionsWithin(fromMs: number, toMs: number): readonly number[] {
    const before = this.changedAtMs.filter((atMs) => atMs <= fromMs).length
    const until = this.changedAtMs.filter((atMs) => atMs <= toMs).length
    return Array.from({ length: until - before + 1 }, (_, index) => before + index)
  }
}

export const tokenLifeMs = 120_000
export const clientSecret = 'canary-client-secret'

/** A provider with rotating refresh tokens, a listing and records, which remembers all that was done to it. */
export class VirtualProvider {
  readonly accounts: readonly ProviderAccount[]
  /** Ids of the listing, in its order. */
  readonly rows: readonly string[]
  /** How often each record was created, by what the caller calls it. */
  readonly records = new Map<string, number>()
  readonly #keys = new Map<string, string>()
  readonly #clock: VirtualClock

  constructor(clock: VirtualClock, accounts: number, rows: number) {
    this.#clock = clock
    this.accounts = Array.from({ length: accounts }, () => new ProviderAccount(clock.now() + tokenLifeMs))
    this.rows = Array.from({ length: rows }, (_, index) => `row-${index}`)
  }

  tokens(account: number): Record<string, unknown> {
    const generation = this.accounts[account]?.generation
    return {
      access_token: `canary-access-${account}-${generation}`,
      refresh_token: `canary-refresh-${account}-${generation}`,
      token_type: 'bearer',
      expires_in: tokenLifeMs / 1000,
    }
  }

  /** Carries a request out. */
  handle(request: PreparedRequest): ProviderAnswer {
    const url = new URL(request.url)
    if (url.pathname === '/token') return this.#refresh(String(request.body))
    const [, account = '', generation = ''] =
      /^Bearer canary-access-(\d+)-(\d+)$/.exec(request.headers['authorization'] ?? '') ?? []
    const known = this.accounts[Number(account)]
    const isValid =
      known !== undefined && known.generation === Number(generation) && this.#clock.now() < known.endsAtMs
    if (!isValid) return { status: 401, body: { message: 'expired' } }
    const cursor = url.searchParams.get('cursor') ?? '0'
    if (url.pathname === '/rows')
      return page(
        this.rows.map((id) => ({ id })),
        cursor,
      )
    if (url.pathname === '/document') return this.#document(Number(account), request)
    if (request.method === 'GET')
      return page(
        [...this.records.keys()].map((ref) => ({ id: `id-of-${ref}`, ref })),
        cursor,
      )
    return this.#create(JSON.parse(String(request.body)).ref, request.headers['idempotency-key'])
  }

  #refresh(body: string): ProviderAnswer {
    const token = new URLSearchParams(body).get('refresh_token') ?? ''
    const [, account = '', generation = ''] = /^canary-refresh-(\d+)-(\d+)$/.exec(token) ?? []
    const known = this.accounts[Number(account)]
    if (known === undefined) return { status: 400, body: { error: 'invalid_request' } }
    if (known.generation !== Number(generation)) {
      known.reused += 1
      return { status: 400, body: { error: 'invalid_grant' } }
    }
    known.refreshes += 1
    known.generation += 1
    known.endsAtMs = this.#clock.now() + tokenLifeMs
    return { status: 200, body: this.tokens(Number(account)) }
  }

  #document(account: number, { headers }: PreparedRequest): ProviderAnswer {
    const version = this.accounts[account]?.changedAtMs.length
    const etag = `"document-${account}-${version}"`
    if (headers['if-none-match'] === etag) return { status: 304, headers: { etag }, body: '' }
    return { status: 200, headers: { etag }, body: { text: documentText(account, version ?? 0) } }
  }

  #create(ref: string, key: string | undefined): ProviderAnswer {
    const known = key === undefined ? undefined : this.#keys.get(key)
    if (known === undefined) {
      this.records.set(ref, (this.records.get(ref) ?? 0) + 1)
      if (key !== undefined) this.#keys.set(key, ref)
    }
    return { status: 201, body: { id: `id-of-${ref}` } }
  }
}

export function documentText(account: number, version: number): string {
  return `account ${account}, version ${version}`
}

const pageSize = 3

function page(all: readonly object[], cursor: string): ProviderAnswer {
  const at = Number(cursor)
  const next = at + pageSize < all.length ? String(at + pageSize) : null
  return { status: 200, body: { rows: all.slice(at, at + pageSize), next } }
}
