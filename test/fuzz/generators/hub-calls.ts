import fc from 'fast-check'

/** What a caller sends: everything but who it is. */
export interface HubCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With `{name}` for parameters. */
  readonly path: string
  readonly parts: readonly string[]
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

const text = fc.oneof(
  fc.constantFrom(
    '..',
    '%2e%2e',
    '%00',
    '%',
    'a'.repeat(3_000),
    "';--",
    '<script>',
    '__proto__',
    '-1',
    'NaN',
    '\u202e',
    '\ud800',
    'default/acc_x',
    'acc_1',
    '9'.repeat(30),
  ),
  fc.string(),
)
const value = fc.oneof(
  text,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom([], {}, null, true, 1e308, -0, 2 ** 53),
)
const nested = fc.constantFrom(200, 20_000).map((depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`)

/** What is around the part that matters is wrong in few cases, so that most get that far. */
const envelope = 25

/**
 * A body that would be taken, with at most a few things wrong.
 *
 * @param leftAlone - how much of it is right, against 5 that is not
 */
function nearly(
  sound: Readonly<Record<string, unknown>>,
  leftAlone = 2,
): fc.Arbitrary<Record<string, unknown>> {
  const names = Object.keys(sound)
  const name = names.length === 0 ? text : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...names) }, text)
  const change = fc.oneof(
    { weight: 3, arbitrary: fc.tuple(name, value) },
    fc.tuple(name, fc.constant(undefined)),
  )
  return fc
    .oneof(
      { weight: leftAlone, arbitrary: fc.constant<[string, unknown][]>([]) },
      { weight: 4, arbitrary: fc.tuple(change) as fc.Arbitrary<[string, unknown][]> },
      fc.array(change, { minLength: 2, maxLength: 4 }) as fc.Arbitrary<[string, unknown][]>,
    )
    .map((changes) => Object.fromEntries([...Object.entries(sound), ...changes]))
}

/** An action as callers know it, with inputs that it takes. */
export interface CalledAction {
  readonly id: string
  /** By the part of the call that they belong to. */
  readonly inputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

const query = fc
  .dictionary(
    fc.oneof(
      fc.constantFrom(
        'page_size',
        'next',
        'page',
        'status',
        'provider',
        'account_ids',
        'action',
        'actor',
        'from',
        'to',
        'include',
      ),
      text,
    ),
    text,
    { maxKeys: 4 },
  )
  .map((given) =>
    Object.fromEntries(Object.entries(given).map(([key, one]) => [key.toWellFormed(), one.toWellFormed()])),
  )

/** Bodies that an action is called with: most name an action and its inputs. */
function rpcBodies(actions: readonly CalledAction[]): fc.Arbitrary<unknown> {
  return fc
    .constantFrom(...actions)
    .chain(({ id, inputs }) =>
      fc
        .record(Object.fromEntries(Object.entries(inputs).map(([part, sound]) => [part, nearly(sound)])))
        .chain((parts) => nearly({ action: id, ...parts }, envelope)),
    )
}

const mcpMethods = [
  'tools/list',
  'initialize',
  'server/discover',
  'ping',
  'notifications/initialized',
  'notifications/cancelled',
  'resources/list',
  'prompts/get',
  'logging/setLevel',
]

/** Messages of the Model Context Protocol, whole and broken. */
function mcpBodies(actions: readonly CalledAction[]): fc.Arbitrary<unknown> {
  const call = fc
    .constantFrom(...actions)
    .chain(({ id, inputs }) =>
      nearly(Object.assign({}, ...Object.values(inputs))).chain((given) =>
        nearly({ name: id, arguments: given }, envelope),
      ),
    )
    .chain((params) => nearly({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }, envelope))
  const other = fc
    .tuple(
      fc.constantFrom(...mcpMethods),
      nearly({ protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'fuzz', version: '1' } }),
    )
    .chain(([method, params]) => nearly({ jsonrpc: '2.0', id: 1, method, params }, envelope))
  return fc.oneof(
    { weight: 8, arbitrary: call as fc.Arbitrary<unknown> },
    { weight: 4, arbitrary: other as fc.Arbitrary<unknown> },
    { weight: 1, arbitrary: fc.array(call, { maxLength: 3 }) as fc.Arbitrary<unknown> },
    { weight: 1, arbitrary: value as fc.Arbitrary<unknown> },
  )
}

const anyHeaders = fc.record(
  {
    'content-type': fc.constantFrom(
      'application/json',
      'application/json; charset=utf-16',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/xml',
      '',
    ),
    'content-encoding': fc.constantFrom('gzip', 'br', 'identity', 'nonsense'),
    'x-mainspring-confirm': text.map(headerValue),
    'idempotency-key': text.map(headerValue),
    'mcp-protocol-version': text.map(headerValue),
    'mcp-session-id': text.map(headerValue),
    origin: fc.constantFrom('null', 'https://evil.example', 'http://127.0.0.1'),
    accept: fc.constantFrom('*/*', 'application/json', 'text/event-stream', 'text/html', ';;;'),
    cookie: text.map(headerValue),
    'x-request-id': text.map(headerValue),
  },
  { requiredKeys: [] },
)

/** What a header can carry at all; the rest no client can send. */
function headerValue(given: string): string {
  return given.replace(/[^\x20-\x7e]/g, '').slice(0, 500)
}

const usualHeaders = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
}

/**
 * Calls of the hub: any route with anything, and the routes that take deep bodies with bodies that are nearly right.
 *
 * @param paths - of the API's document
 */
export function hubCalls(
  paths: readonly string[],
  actions: readonly CalledAction[],
  accountId: string,
): fc.Arbitrary<HubCall> {
  const parts = fc.array(text, { maxLength: 3 })
  const call = (method: HubCall['method'], path: string, body: fc.Arbitrary<unknown>, weight: number) => ({
    weight,
    arbitrary: fc.record({
      method: fc.constant(method),
      path: fc.constant(path),
      parts,
      query: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, query),
      headers: fc.oneof(
        { weight: 5, arbitrary: fc.constant(usualHeaders) },
        anyHeaders as fc.Arbitrary<Record<string, string>>,
      ),
      body: fc.oneof({ weight: 12, arbitrary: body }, nested, fc.string()),
    }),
  })
  const anything = {
    weight: 6,
    arbitrary: fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
      path: fc.constantFrom(...paths),
      parts,
      query,
      headers: anyHeaders as fc.Arbitrary<Record<string, string>>,
      body: fc.oneof(fc.constant(undefined), value, fc.string()),
    }) as fc.Arbitrary<HubCall>,
  }
  const rpc = rpcBodies(actions)
  return fc.oneof(
    anything,
    call('POST', '/actions/rpc', rpc, 6),
    call('POST', '/mcp', mcpBodies(actions), 6),
    call('POST', '/actions/explain', rpc, 2),
    call('POST', '/actions/search', nearly({ query: 'people', top_k: 3, min_similarity: 0 }), 1),
    call('POST', '/unified/proxy', nearly({ path: '/people', method: 'get', headers: {}, body: null }), 2),
    call('PUT', '/policies/{subject}', nearly({ read_only: false, methods: ['GET'], confirm: 'none' }), 1),
    call(
      'POST',
      '/connect_sessions',
      nearly({
        origin_owner_id: 'o',
        origin_owner_name: 'n',
        provider: 'clockwork',
        expires_in: 60,
        metadata: {},
      }),
      1,
    ),
    call('POST', '/keys', nearly({ name: 'K', scopes: ['read'], account_id: accountId }), 1),
    call('POST', '/webhooks', nearly({ url: 'http://127.0.0.1:1/hook', events: ['account.created'] }), 1),
    call('POST', '/event-subscriptions', nearly({ account_id: accountId, events: [] }), 1),
    call('POST', '/events/{token}', nearly({ event: 'candidacy_updated', data: { id: '1' } }), 1),
    call(
      'POST',
      '/hub/accounts',
      nearly({ integration_id: 'clockwork.api_key.sandbox', credentials: {}, nonce: 'n' }),
      1,
    ),
    call('GET', '/requests/logs', fc.constant(undefined), 1),
    call('GET', '/audit/entries', fc.constant(undefined), 1),
  ) as fc.Arbitrary<HubCall>
}
