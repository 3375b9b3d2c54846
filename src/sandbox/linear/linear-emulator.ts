import { type DocumentNode, executeSync, GraphQLError, parse, validate } from 'graphql'
import { consent, tokenForm } from '../oauth/consent.ts'
import { TokenDesk } from '../oauth/token-desk.ts'
import { jsonObjectOf, type RestEmulator, type RestReply, type RestRequest } from '../rest/rest-emulator.ts'
import { complexityOf } from './complexity.ts'
import { resolversOf } from './resolvers.ts'
import { linearSchema } from './schema.ts'
import { LinearWorkspace } from './workspace.ts'

export const linearApiKey = 'lin_api_sandbox0000000000000000000000000001'
const windowMs = 3_600_000
const largestQuery = 10_000

export interface LinearLimits {
  /** Requests of an hour. */
  requests: number
  /** Points of complexity of an hour. */
  complexity: number
}

/** Linear without its sockets: GraphQL that is parsed, validated and executed, behind a key or a token. */
export class LinearEmulator implements RestEmulator {
  readonly desk: TokenDesk
  readonly #clock: () => Date
  #workspace = new LinearWorkspace()
  #limits: LinearLimits = { requests: 5000, complexity: 250_000 }
  #spent: LinearLimits = { requests: 0, complexity: 0 }
  #key = linearApiKey

  readonly controls = {
    /** `{requests, complexity}`: the budgets of an hour from now on. */
    limits: (body: unknown) => {
      this.#limits = { ...this.#limits, ...(body as Partial<LinearLimits>) }
      this.#spent = { requests: 0, complexity: 0 }
    },
    /** `{apiKey}`: the key that counts from now on, as if the old one had been deleted. */
    key: (body: unknown) => {
      this.#key = String((body as { apiKey?: unknown }).apiKey)
    },
    'expire-tokens': () => this.desk.expireAll(),
    'revoke-tokens': () => this.desk.revokeAll(),
  }

  constructor(clock: () => Date = () => new Date()) {
    this.#clock = clock
    this.desk = new TokenDesk({
      prefix: 'lin_oauth_sandbox',
      clientId: 'linear-sandbox-client',
      clientSecret: 'linear-sandbox-client-secret',
      accessSeconds: 86_400,
      rotates: true,
      clock,
    })
  }

  handle(request: RestRequest): RestReply {
    const { method, path, query, headers, body } = request
    if (method === 'GET' && path === '/oauth/authorize')
      return consent(this.desk, query, { offline: true, scope: query.get('scope') ?? 'read' })
    if (method === 'POST' && path === '/oauth/token')
      return this.#token(tokenForm(body, headers.authorization))
    if (method === 'POST' && path === '/oauth/revoke')
      return this.#revoke(tokenForm(body, headers.authorization))
    if (path !== '/graphql') return { status: 404, json: { error: 'Not Found' } }
    if (method !== 'POST')
      return { status: 405, json: { error: 'Method Not Allowed' }, headers: { allow: 'POST' } }
    if (!this.#isSignedIn(headers.authorization)) return unauthenticated
    return this.#answer(request)
  }

  rateLimited(retryAfter: string | null): RestReply {
    const resetAt = this.#clock().getTime() + Number(retryAfter ?? 60) * 1000
    const headers = { 'X-RateLimit-Requests-Reset': String(resetAt), 'X-RateLimit-Requests-Remaining': '0' }
    return { ...failure(400, ratelimited('requests')), headers }
  }

  secrets(): readonly string[] {
    return [linearApiKey, this.#key, ...this.desk.known()]
  }

  reset(): void {
    this.#workspace = new LinearWorkspace()
    this.#spent = { requests: 0, complexity: 0 }
    this.#limits = { requests: 5000, complexity: 250_000 }
    this.#key = linearApiKey
    this.desk.reset()
  }

  #isSignedIn(authorization = ''): boolean {
    const [, token] = /^Bearer (.+)$/i.exec(authorization) ?? []
    // A personal key stands alone: with the word Bearer before it, it is taken for a token.
    return token === undefined ? authorization === this.#key : typeof this.desk.check(token) === 'object'
  }

  #token(form: URLSearchParams): RestReply {
    const answer = this.desk.answer(form)
    if (typeof answer === 'string')
      return { status: answer === 'invalid_client' ? 401 : 400, json: { error: answer } }
    const { accessToken, refreshToken, expiresIn, scope } = answer
    return {
      status: 200,
      json: {
        access_token: accessToken,
        token_type: 'Bearer',
        expires_in: expiresIn,
        scope,
        ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
      },
    }
  }

  /** By the token alone, in the field of its kind: a proof of the client is not asked for. */
  #revoke(form: URLSearchParams): RestReply {
    return this.desk.takeBack(form.get('refresh_token') ?? form.get('access_token') ?? '')
      ? { status: 200, json: { success: true } }
      : { status: 400, json: { error: 'invalid_request', error_description: 'Unable to revoke token' } }
  }

  #answer(request: RestRequest): RestReply {
    const asked = jsonObjectOf(request)
    const source = asked?.['query']
    if (typeof source !== 'string')
      return failure(
        400,
        new GraphQLError('A query must be provided.', { extensions: { code: 'BAD_REQUEST' } }),
      )
    const variables = (asked?.['variables'] ?? {}) as Readonly<Record<string, unknown>>
    let document: DocumentNode
    try {
      document = parse(source)
    } catch (error) {
      return failure(400, coded(error as GraphQLError, 'GRAPHQL_PARSE_FAILED'))
    }
    const mistakes = validate(linearSchema, document)
    if (mistakes.length > 0)
      return failure(400, ...mistakes.map((mistake) => coded(mistake, 'GRAPHQL_VALIDATION_FAILED')))
    const complexity = complexityOf(document, variables)
    const headers = this.#spend(complexity)
    if (complexity > largestQuery) return { ...failure(400, inputTooComplex(complexity)), headers }
    for (const kind of ['requests', 'complexity'] as const)
      if (this.#spent[kind] > this.#limits[kind]) return { ...failure(400, ratelimited(kind)), headers }
    const [viewer] = this.#workspace.users
    if (viewer === undefined) throw new Error('A workspace without users')
    const result = executeSync({
      schema: linearSchema,
      document,
      rootValue: resolversOf(this.#workspace, viewer, this.#clock().toISOString()),
      variableValues: variables,
    })
    // Errors of the execution come with status 200, beside what could be read.
    return { status: 200, headers, json: result }
  }

  #spend(complexity: number): Record<string, string> {
    this.#spent.requests += 1
    this.#spent.complexity += complexity
    const resetAt = String(this.#clock().getTime() + windowMs)
    const left = (kind: keyof LinearLimits) => String(Math.max(0, this.#limits[kind] - this.#spent[kind]))
    return {
      'X-Complexity': String(complexity),
      'X-RateLimit-Requests-Limit': String(this.#limits.requests),
      'X-RateLimit-Requests-Remaining': left('requests'),
      'X-RateLimit-Requests-Reset': resetAt,
      'X-RateLimit-Complexity-Limit': String(this.#limits.complexity),
      'X-RateLimit-Complexity-Remaining': left('complexity'),
      'X-RateLimit-Complexity-Reset': resetAt,
    }
  }
}

function failure(status: number, ...errors: readonly GraphQLError[]): RestReply {
  return { status, json: { errors: errors.map((error) => error.toJSON()) } }
}

function coded({ message }: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } })
}

function ratelimited(kind: string): GraphQLError {
  const told = `Rate limit exceeded: ${kind} of an hour.`
  return new GraphQLError('Rate limit exceeded', {
    extensions: {
      type: 'ratelimited',
      code: 'RATELIMITED',
      statusCode: 429,
      userError: true,
      userPresentableMessage: told,
    },
  })
}

function inputTooComplex(complexity: number): GraphQLError {
  return new GraphQLError(`Query too complex: ${complexity} points, and ${largestQuery} is the maximum.`, {
    extensions: { type: 'invalid input', code: 'INPUT_ERROR', statusCode: 400, userError: true },
  })
}

const unauthenticated: RestReply = failure(
  401,
  new GraphQLError('Authentication required, not authenticated', {
    extensions: {
      type: 'authentication error',
      code: 'AUTHENTICATION_ERROR',
      statusCode: 401,
      userError: true,
      userPresentableMessage: 'You need to authenticate to access this operation.',
    },
  }),
)
