import { consent, tokenForm } from '../oauth/consent.ts'
import { TokenDesk } from '../oauth/token-desk.ts'
import { CallBudget, type CallLimits } from '../rest/call-budget.ts'
import {
  bearerOf,
  jsonObjectOf,
  type RestEmulator,
  RestRefusal,
  type RestReply,
  type RestRequest,
} from '../rest/rest-emulator.ts'
import { addOpportunity } from './add-opportunity.ts'
import { createLeverData, createNote, type LeverData, type LeverRecord, leverId } from './lever-data.ts'
import { badRequest, failure } from './lever-failure.ts'

export interface LeverSettings {
  readonly clientId: string
  readonly clientSecret: string
  readonly opportunities: number
  readonly clock: () => Date
}

const audiences = ['https://api.lever.co/v1/', 'https://api.sandbox.lever.co/v1/']

/** All that the emulator can grant; a consent names those it wants. */
export const leverScopes = [
  'opportunities:read:admin',
  'opportunities:write:admin',
  'postings:read:admin',
  'applications:read:admin',
  'notes:read:admin',
  'notes:write:admin',
  'stages:read:admin',
].join(' ')

/** Lever's API version 1 with its authorization server. Listings give `{data, hasNext, next}`. */
export class LeverEmulator implements RestEmulator {
  readonly desk: TokenDesk
  readonly #calls: CallBudget
  readonly #settings: LeverSettings
  #data: LeverData
  #added = 0

  constructor(settings: LeverSettings) {
    this.#settings = settings
    this.#data = createLeverData(settings.opportunities)
    const { clientId, clientSecret, clock } = settings
    // Ten a second with short bursts above it, as its documentation says.
    this.#calls = new CallBudget({ burst: 20, perSecond: 10 }, clock, (wait) => this.rateLimited(wait))
    this.desk = new TokenDesk({
      prefix: 'lever',
      clientId,
      clientSecret,
      accessSeconds: 3600,
      rotates: true,
      clock,
    })
    this.desk.issue({ scope: leverScopes, offline: true })
  }

  readonly controls = {
    /** `{burst, perSecond}`: what each token may call from now on. */
    limits: (body: unknown) => this.#calls.limit(body as Partial<CallLimits>),
    'tokens/expire': () => this.desk.expireAll(),
    'tokens/revoke': () => this.desk.revokeAll(),
  }

  secrets(): readonly string[] {
    return this.desk.known()
  }

  reset(): void {
    this.#data = createLeverData(this.#settings.opportunities)
    this.#added = 0
    this.#calls.reset()
    this.desk.reset()
    this.desk.issue({ scope: leverScopes, offline: true })
  }

  rateLimited(retryAfter: string | null): RestReply {
    return {
      ...failure(429, 'TooManyRequests', 'Too many requests'),
      headers: retryAfter === null ? {} : { 'retry-after': retryAfter },
    }
  }

  handle(request: RestRequest): RestReply {
    const { method, path, segments, query } = request
    if (path === '/authorize' && method === 'GET') return this.#consent(query)
    if (path === '/oauth/token' && method === 'POST') return this.#token(request)
    if (segments[0] !== 'v1') throw notFound()
    const token = bearerOf(request)
    const scope = this.#scopeOf(token)
    this.#calls.take(token)
    const [, resource = '', id, part] = segments
    const key = `${method} /${resource}${id === undefined ? '' : '/:id'}${part === undefined ? '' : `/${part}`}`
    const route = this.#routes[key]
    if (route === undefined || segments.length > 4) throw notFound()
    if (!scope.split(' ').includes(route.scope))
      throw new RestRefusal(failure(403, 'Forbidden', `The token lacks the scope ${route.scope}`))
    return route.handle(request, id ?? '')
  }

  readonly #routes: Readonly<
    Record<
      string,
      { readonly scope: string; handle(request: RestRequest, id: string): RestReply } | undefined
    >
  > = {
    'GET /opportunities': {
      scope: 'opportunities:read:admin',
      handle: ({ query }) => pageOf(filtered(this.#data.opportunities, query), query),
    },
    'POST /opportunities': {
      scope: 'opportunities:write:admin',
      handle: (request) => {
        const user = this.#userOf(request)
        const at = this.#settings.clock().getTime()
        return { status: 201, json: { data: addOpportunity(this.#data, jsonObjectOf(request), user, at) } }
      },
    },
    'GET /opportunities/:id': {
      scope: 'opportunities:read:admin',
      handle: (_, id) => ({ status: 200, json: { data: this.#opportunity(id) } }),
    },
    'GET /opportunities/:id/applications': {
      scope: 'applications:read:admin',
      handle: ({ query }, id) => pageOf(this.#data.applications.get(this.#opportunity(id).id) ?? [], query),
    },
    'GET /opportunities/:id/notes': {
      scope: 'notes:read:admin',
      handle: ({ query }, id) => pageOf(this.#data.notes.get(this.#opportunity(id).id) ?? [], query),
    },
    'POST /opportunities/:id/notes': {
      scope: 'notes:write:admin',
      handle: (request, id) => this.#addNote(request, id),
    },
    'GET /postings': {
      scope: 'postings:read:admin',
      handle: ({ query }) => {
        const state = query.get('state')
        return pageOf(
          this.#data.postings.filter((posting) => state === null || posting['state'] === state),
          query,
        )
      },
    },
    'GET /stages': { scope: 'stages:read:admin', handle: ({ query }) => pageOf(this.#data.stages, query) },
  }

  #scopeOf(token: string): string {
    const found = this.desk.check(token)
    // A token that was made for no audience is opaque to the API.
    if (typeof found === 'string' || found.scope === '')
      throw new RestRefusal(
        failure(401, 'Unauthorized', found === 'expired' ? 'Token expired' : 'Invalid token'),
      )
    return found.scope
  }

  #consent(query: URLSearchParams): RestReply {
    const asked = (query.get('scope') ?? '').split(' ').filter((scope) => scope !== '')
    const scope = audiences.includes(query.get('audience') ?? '')
      ? asked.filter((name) => leverScopes.split(' ').includes(name)).join(' ')
      : ''
    return consent(this.desk, query, { scope, offline: asked.includes('offline_access') })
  }

  #token({ body, headers }: RestRequest): RestReply {
    const issued = this.desk.answer(tokenForm(body, headers.authorization))
    if (typeof issued === 'string') {
      const status = issued === 'invalid_client' ? 401 : issued === 'invalid_grant' ? 403 : 400
      return { status, json: { error: issued, error_description: `Refused: ${issued}` } }
    }
    const { accessToken, refreshToken, expiresIn, scope } = issued
    return {
      status: 200,
      json: {
        access_token: accessToken,
        ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
        expires_in: expiresIn,
        scope,
        token_type: 'Bearer',
      },
    }
  }

  #opportunity(id: string): LeverRecord {
    const found = this.#data.opportunities.find((opportunity) => opportunity.id === id)
    if (found === undefined) throw notFound()
    return found
  }

  #userOf({ query }: RestRequest): string {
    const user = this.#data.users.find(({ id }) => id === query.get('perform_as'))
    if (user === undefined) throw badRequest('perform_as names no user')
    return user.id
  }

  #addNote(request: RestRequest, id: string): RestReply {
    const opportunity = this.#opportunity(id)
    const value = jsonObjectOf(request)?.['value']
    if (typeof value !== 'string' || value === '') throw badRequest('value is required')
    const user = request.query.has('perform_as') ? this.#userOf(request) : (this.#data.users[0]?.id ?? '')
    this.#added += 1
    const note = createNote(leverId('added-note', this.#added), value, user, this.#settings.clock().getTime())
    this.#data.notes.get(opportunity.id)?.push(note)
    return { status: 201, json: { data: note } }
  }
}

function filtered(rows: readonly LeverRecord[], query: URLSearchParams): readonly LeverRecord[] {
  const email = query.get('email')
  const archived = query.get('archived')
  return rows.filter(
    (row) =>
      (email === null || (row['emails'] as string[]).includes(email)) &&
      (archived === null || (row['archived'] !== null) === (archived === 'true')),
  )
}

/** `offset` is an opaque token: the id of the row to begin with, wrapped. */
function pageOf(rows: readonly LeverRecord[], query: URLSearchParams): RestReply {
  const limit = Number(query.get('limit') ?? 100)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw badRequest('limit must be between 1 and 100')
  const token = query.get('offset')
  const from = token === null ? 0 : rows.findIndex(({ id }) => tokenOf(id) === token)
  if (from === -1) throw badRequest('Invalid offset token')
  const following = rows[from + limit]
  return {
    status: 200,
    json: {
      data: rows.slice(from, from + limit),
      hasNext: following !== undefined,
      ...(following === undefined ? {} : { next: tokenOf(following.id) }),
    },
  }
}

const tokenOf = (id: string): string => encodeURIComponent(JSON.stringify(['0', id]))

const notFound = () => new RestRefusal(failure(404, 'ResourceNotFound', 'Resource not found'))
