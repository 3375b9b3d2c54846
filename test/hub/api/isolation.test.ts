import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Answer, type LinkedHub, startLinkedHub } from '../linked-hub.ts'
import { type Route, routeTable } from '../route-table.ts'

/** Two projects in one hub, a key bound to one account, and what every route gives away of the others. */
let hub: LinkedHub
let foreign: string
let bound: string
let boundAdmin: string
/** Signed in to the other project. */
let visitor: { readonly cookie: string; readonly csrf: string }
/** The browser of another owner in the same project. */
let strangerSession: string
let otherSession: string
const ids = {
  other: '',
  log: '',
  webhook: '',
  event: '',
  key: '',
  confirmation: '',
  attempt: '',
  subscription: '',
}
/** Nobody but their owner may ever be told these. */
const canaries = ['private-label', 'other-owner', 'canary-record']

/**
 * How a route is tried:
 * - `foreign`: names a thing; for another project, and for a key of another account, it is not there
 * - `project`: the same, of what belongs to the whole project: a bound key may not ask
 * - `list`: what is there; nothing of another project, or of another account
 * - `project-list`: the same, of the whole project
 * - `nothing`: takes no id and tells of nobody; a key is asked for
 * - `session`: in the browser of an end user, by the token of a connect session
 * - `page`: for somebody who is signed in, to another project
 * - `token`: the address itself is the proof; an invented one leads nowhere
 * - `open`: the same for everybody; why it may be
 */
type Case =
  | { readonly as: 'foreign' | 'project'; readonly body?: () => object; readonly header?: true }
  | { readonly as: 'list' | 'project-list'; readonly query?: string }
  | { readonly as: 'nothing'; readonly body?: object }
  | { readonly as: 'session'; readonly body?: () => object; readonly status?: number }
  | { readonly as: 'page'; readonly status: number; readonly form?: () => Record<string, string> }
  | { readonly as: 'token' }
  | { readonly as: 'open'; readonly why: string }

const run = () => ({ action: 'clockwork_list_people' })
const rpc = { as: 'foreign', body: run, header: true } as const
const page = (status: number, form?: () => Record<string, string>): Case => ({
  as: 'page',
  status,
  ...(form === undefined ? {} : { form }),
})

const cases: Readonly<Record<string, Case>> = {
  'GET /accounts': { as: 'list' },
  'GET /accounts/:id': { as: 'foreign' },
  'PATCH /accounts/:id': { as: 'foreign', body: () => ({ label: 'taken' }) },
  'DELETE /accounts/:id': { as: 'foreign' },
  'GET /accounts/:id/meta': { as: 'foreign' },
  'GET /accounts/:id/flow': { as: 'foreign' },
  'GET /actions': { as: 'list' },
  'POST /actions/search': { as: 'nothing', body: { query: 'x' } },
  'POST /actions/explain': rpc,
  'POST /actions/rpc': rpc,
  'POST /unified/proxy': { as: 'foreign', body: () => ({ path: '/people' }), header: true },
  'POST /mcp': {
    as: 'foreign',
    body: () => ({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
    header: true,
  },
  'GET /mcp': { as: 'nothing' },
  'DELETE /mcp': { as: 'nothing' },
  'GET /requests/logs': { as: 'list', query: '?include=step_logs' },
  'GET /requests/logs/steps': { as: 'list' },
  'GET /requests/platform-logs': { as: 'project-list' },
  'GET /requests/logs/:id': { as: 'foreign' },
  'GET /connectors/meta': { as: 'nothing' },
  'GET /connectors/meta/:provider': { as: 'nothing' },
  'POST /connect_sessions': {
    as: 'nothing',
    body: { origin_owner_id: 'x', origin_owner_name: 'x' },
  },
  'POST /connect_sessions/authenticate': { as: 'project', body: () => ({ token: otherSession }) },
  'GET /policies': { as: 'project-list' },
  'PUT /policies/:subject': { as: 'project', body: () => ({ read_only: true }) },
  'DELETE /policies/:subject': { as: 'project' },
  'GET /confirmations': { as: 'project-list' },
  'POST /confirmations/:id/approve': { as: 'project' },
  'POST /confirmations/:id/decline': { as: 'project' },
  'GET /keys': { as: 'project-list' },
  'POST /keys': { as: 'nothing', body: { name: 'x' } },
  'POST /keys/:id/rotate': { as: 'project' },
  'DELETE /keys/:id': { as: 'project' },
  'GET /audit/entries': { as: 'project-list' },
  'GET /flow': { as: 'project-list' },
  'GET /audit/verify': { as: 'project-list' },
  'GET /event-subscriptions': { as: 'list' },
  'POST /event-subscriptions': { as: 'foreign', body: () => ({ account_id: ids.other }) },
  'DELETE /event-subscriptions/:id': { as: 'foreign' },
  'GET /event-subscriptions/:id/deliveries': { as: 'foreign' },
  'POST /event-subscriptions/:id/deliveries/:delivery_id/repeat': { as: 'foreign' },
  'GET /webhooks': { as: 'project-list' },
  'POST /webhooks': { as: 'nothing', body: { url: 'http://x.example' } },
  'DELETE /webhooks/:id': { as: 'project' },
  'GET /webhooks/events': { as: 'project-list' },
  'POST /webhooks/events/:id/replay': { as: 'project' },

  'GET /hub/settings': { as: 'session', status: 200 },
  'GET /hub/connectors': { as: 'session', status: 200 },
  'GET /hub/connectors/:integrationId': { as: 'session', status: 200 },
  'POST /hub/accounts': {
    as: 'session',
    status: 422,
    body: () => ({ integration_id: 'clockwork.api_key.sandbox', credentials: {} }),
  },
  'GET /hub/accounts/:id': { as: 'session' },
  'PATCH /hub/accounts/:id': { as: 'session', body: () => ({ credentials: { firmName: 'taken' } }) },
  'POST /hub/connection_attempts': { as: 'session', status: 201, body: () => ({ token: strangerSession }) },
  'GET /hub/connection_attempts/:id': { as: 'session' },
  'DELETE /hub/connection_attempts/:id': { as: 'session' },

  'GET /': { as: 'open', why: 'leads to the accounts' },
  'GET /accounts (person)': page(200),
  'GET /accounts/:id (person)': page(404),
  'POST /accounts/:id/test': page(404),
  'POST /accounts/:id/rename': page(404, () => ({ label: 'taken' })),
  'POST /accounts/:id/resume': page(404),
  'POST /accounts/:id/pause': page(404),
  'POST /accounts/:id/subscribe': page(404),
  'POST /accounts/:id/unsubscribe': page(404),
  'POST /accounts/:id/reconnect': page(404),
  'GET /accounts/:id/disconnect': page(404),
  'POST /accounts/:id/disconnect': page(404),
  'GET /accounts/link': page(200),
  'POST /accounts/link': page(422),
  'GET /accounts/link/invite': page(200),
  'POST /accounts/link/invite': page(422),
  'GET /accounts/link/embed': page(200),
  'GET /api': page(200),
  'GET /catalog': page(200),
  'GET /catalog/:key': page(200),
  'POST /catalog/integrations/:id': page(303),
  'POST /catalog/integrations/:id/setup': page(303),
  'GET /logs (person)': page(200),
  'GET /logs/:id (person)': page(404),
  'GET /policies (person)': page(200),
  'GET /policies/:subject (person)': page(404),
  'POST /policies/:subject': page(404),
  'POST /policies/:subject/reset': page(404),
  'GET /try (person)': page(200),
  'POST /try': page(200, () => ({ account: ids.other, action: 'clockwork_list_people' })),
  'POST /try/request': page(404, () => ({ account: ids.other, action: 'clockwork_list_people' })),
  'GET /audit (person)': page(200),
  'GET /confirmations (person)': page(200),
  'POST /confirmations/:id': page(404, () => ({ decision: 'approve' })),
  'POST /settings/keys/:id/rotate': page(404),
  'GET /settings': page(200),
  'POST /settings/keys': page(200, () => ({ name: 'x' })),
  'POST /settings/keys/:id/revoke': page(404),
  'GET /settings/webhooks': page(200),
  'POST /settings/webhooks': page(422),
  'POST /settings/webhooks/:id/remove': page(404),
  'POST /settings/webhooks/events/:id/replay': page(404),
  'GET /settings/look': page(200),
  'POST /settings/look': page(422),
  'GET /settings/origins': page(200),
  'POST /settings/origins': page(303),
  'POST /logout': page(303),

  'GET /connect/:token': { as: 'token' },
  'POST /connect/:token': { as: 'token' },
  'GET /connect/:token/done': { as: 'token' },
  'GET /connect/:token/returned': { as: 'token' },
  'GET /connect/oauth2/:integrationId|:provider': { as: 'token' },
  'GET /connect/oauth2/:integrationId|:provider/callback': { as: 'token' },
  'POST /events/:token': { as: 'token' },
  'GET /connect/oauth2/done': { as: 'open', why: 'a page that closes its window' },

  'GET /openapi.json': { as: 'open', why: 'describes the API' },
  'GET /health': { as: 'open', why: 'asked by whoever watches the process' },
  'GET /ready': { as: 'open', why: 'asked by whoever watches the process' },
  'GET /assets/theme/:colours': { as: 'open', why: 'colours stand in the address' },
  'GET /connect.js': { as: 'open', why: 'a file of ours' },
  'GET /icon.svg': { as: 'open', why: 'a file of ours' },
  'GET /favicon.ico': { as: 'open', why: 'a file of ours' },
  'GET /login': { as: 'open', why: 'signs in with a link that is good once' },
  'GET /* (person)': { as: 'open', why: 'says that there is no such page' },
}

let routes: readonly Route[]

beforeAll(async () => {
  hub = await startLinkedHub({ requestsPerMinute: 100_000 })
  routes = routeTable(hub.hub.app)
  const { services } = hub.hub
  ids.other = await hub.link('other-owner')
  await services.store.projects.ensure('second', new Date().toISOString())
  foreign = (await hub.createKey({ projectId: 'second', scopes: ['read', 'write', 'admin'] })).authorization
  bound = (await hub.createKey({ accountId: hub.accountId, scopes: ['read', 'write'] })).authorization
  boundAdmin = (await hub.createKey({ accountId: hub.accountId, scopes: ['read', 'write', 'admin'] }))
    .authorization
  ids.key = (await hub.createKey({ scopes: ['read'] })).id
  const login = await services.login.useLink(await services.login.createLinkToken('second'))
  const found = await services.login.findSession(login?.cookie ?? '')
  visitor = { cookie: login?.cookie ?? '', csrf: found?.csrfToken ?? '' }
  const session = async (ownerId: string) =>
    (
      await services.connectSessions.create(
        'default',
        { originOwnerId: ownerId, originOwnerName: ownerId },
        { kind: 'system' },
      )
    ).token
  strangerSession = await session('stranger')
  otherSession = await session('other-owner')
  const begun = await hub.call('POST', '/hub/connection_attempts', {
    headers: { 'x-hub-session-token': otherSession },
    body: { token: otherSession },
  })
  ids.attempt = String(begun.body['id'])
  const webhook = await hub.call('POST', '/webhooks', { body: { url: 'http://127.0.0.1:9/hook' } })
  ids.webhook = String(webhook.body['id'])
  await hub.call('PATCH', `/accounts/${ids.other}`, { body: { label: 'private-label' } })
  const header = { 'x-account-id': ids.other }
  ids.log = String((await hub.rpc('clockwork_list_people', {}, header)).headers['x-request-id'])
  const subscribed = await hub.call('POST', '/event-subscriptions', { body: { account_id: ids.other } })
  ids.subscription = String(subscribed.body['id'])
  const events = await hub.call('GET', '/webhooks/events')
  ids.event = (events.body as unknown as { id: string }[])[0]?.id ?? ''
  await hub.call('PUT', '/policies/project', { body: { confirm: 'removals', confirm_by: 'operator' } })
  await hub.rpc('clockwork_delete_webhook', { path: { webhook_id: 'canary-record' } }, header)
  const waiting = await hub.call('GET', '/confirmations')
  ids.confirmation = (waiting.body as unknown as { id: string }[])[0]?.id ?? ''
})
afterAll(() => hub.close())

/** The address, with what belongs to somebody else in the place of its parameters. */
function addressOf({ path }: Route): string {
  const own: readonly (readonly [string, string])[] = [
    ['/accounts', ids.other],
    ['/hub/accounts', ids.other],
    ['/hub/connection_attempts', ids.attempt],
    ['/requests/logs', ids.log],
    ['/logs', ids.log],
    ['/event-subscriptions', ids.subscription],
    ['/webhooks/events', ids.event],
    ['/webhooks', ids.webhook],
    ['/confirmations', ids.confirmation],
    ['/keys', ids.key],
    ['/settings/keys', ids.key],
    ['/catalog/integrations', 'clockwork.api_key.sandbox'],
    ['/policies', `key:${ids.key}`],
    ['/connectors/meta', 'clockwork'],
    ['/catalog', 'clockwork'],
    ['/hub/connectors', 'clockwork.api_key.sandbox'],
  ]
  const id = own.find(([prefix]) => path.startsWith(`${prefix}/:`))?.[1] ?? 'invented'
  return path.replace(/:[\w|:]+/, encodeURIComponent(id)).replace(/:\w+/, 'invented')
}

async function ask(route: Route, headers: Readonly<Record<string, string>>, body?: object, query = '') {
  const response = await hub.hub.app.inject({
    method: route.method,
    url: `${addressOf(route)}${query}`,
    headers,
    ...(body === undefined ? {} : { payload: body }),
  })
  return { status: response.statusCode, text: response.body, headers: response.headers }
}

function tellsNothing({ text }: Pick<Answer, 'text'>, without: readonly string[] = []): void {
  for (const told of [...canaries, ...without]) expect(text).not.toContain(told)
}

type CaseOf<As extends Case['as']> = Case extends infer One
  ? One extends { readonly as: infer Kind }
    ? Kind & As extends never
      ? never
      : One
    : never
  : never

function ofKind<As extends Case['as']>(...kinds: readonly As[]) {
  return Object.entries(cases).flatMap(([name, one]) =>
    (kinds as readonly string[]).includes(one.as) ? [[name, one as CaseOf<As>] as const] : [],
  )
}

function routeOf(name: string): Route {
  const route = routes.find((one) => one.name === name)
  if (route === undefined) throw new Error(`There is no route ${name}`)
  return route
}

test('every route has its case, and every case its route', () => {
  expect(routes.length).toBeGreaterThan(80)
  const without = routes.filter(({ name }) => !Object.hasOwn(cases, name)).map(({ name }) => name)
  expect(without).toEqual([])
  const gone = Object.keys(cases).filter((name) => !routes.some((route) => route.name === name))
  expect(gone).toEqual([])
})

describe('what belongs to another project', () => {
  test.each(ofKind('foreign', 'project'))('%s: is not there', async (name, one) => {
    const account = 'header' in one ? { 'x-account-id': ids.other } : {}
    const answer = await ask(routeOf(name), { authorization: foreign, ...account }, one.body?.())
    expect({ status: answer.status, text: answer.text }).toMatchObject({
      status: name.endsWith('/authenticate') ? 401 : 404,
    })
    tellsNothing(answer)
  })

  test.each(ofKind('list', 'project-list'))('%s: holds nothing of it', async (name, one) => {
    const answer = await ask(routeOf(name), { authorization: foreign }, undefined, one.query)
    expect(answer.status).toBe(200)
    tellsNothing(answer, [...Object.values(ids), hub.accountId])
  })
})

describe('what belongs to another account, for a key of one', () => {
  test.each(ofKind('foreign'))('%s: is not there', async (name, one) => {
    const account = 'header' in one ? { 'x-account-id': ids.other } : {}
    const answer = await ask(routeOf(name), { authorization: bound, ...account }, one.body?.())
    expect(answer.status).toBe(404)
    tellsNothing(answer)
  })

  test.each(ofKind('list'))('%s: holds nothing of it', async (name, one) => {
    const answer = await ask(routeOf(name), { authorization: bound }, undefined, one.query)
    expect(answer.status).toBe(200)
    tellsNothing(answer, [ids.other, ids.log])
  })

  test.each(ofKind('project', 'project-list'))('%s: is not allowed', async (name, one) => {
    const body = 'body' in one ? one.body?.() : undefined
    expect((await ask(routeOf(name), { authorization: bound }, body)).status).toBe(403)
    // Neither may one that was given every scope.
    expect((await ask(routeOf(name), { authorization: boundAdmin }, body)).status).toBe(403)
  })

  test('an account of its own can be used', async () => {
    const answer = await hub.rpc('clockwork_list_people', {}, { authorization: bound })
    expect(answer.status).toBe(200)
  })
})

test.each(ofKind('foreign', 'project', 'list', 'project-list', 'nothing'))(
  '%s: asks for a key',
  async (name, one) => {
    const body = 'body' in one ? one.body : undefined
    const given = typeof body === 'function' ? body() : body
    for (const authorization of ['', 'Basic bm9ib2R5Og==', 'Bearer msk_nobody'])
      expect((await ask(routeOf(name), authorization === '' ? {} : { authorization }, given)).status).toBe(
        401,
      )
  },
)

describe('in the browser of another end user', () => {
  test.each(ofKind('session'))('%s: gives away nothing', async (name, one) => {
    const route = routeOf(name)
    const answer = await ask(route, { 'x-hub-session-token': strangerSession }, one.body?.())
    // As far as it can be told from what never was.
    expect(answer.status).toBe(one.status ?? 404)
    // The id that was asked for may be said again; it tells nothing that the address did not.
    tellsNothing({ text: answer.text.replaceAll(addressOf(route).split('/').at(-1) ?? '', '') }, [
      ids.other,
      hub.accountId,
    ])
  })

  test.each(ofKind('session'))('%s: asks for the token of a session', async (name, one) => {
    const body = one.body?.()
    for (const headers of [{}, { 'x-hub-session-token': 'invented' }, { authorization: foreign }])
      expect((await ask(routeOf(name), headers, body && { ...body, token: 'invented' })).status).toBe(401)
  })
})

describe('signed in to another project', () => {
  const html = { accept: 'text/html' }
  test.each(ofKind('page'))('%s: gives away nothing', async (name, { status, form }) => {
    const route = routeOf(name)
    const headers = { ...html, cookie: `mainspring_session=${visitor.cookie}` }
    if (route.method === 'GET') {
      const answer = await ask(route, headers)
      expect(answer.status).toBe(status)
      tellsNothing(answer, Object.values(ids))
      return
    }
    const answer = await send(route, headers, { csrf: visitor.csrf, ...form?.() })
    expect({ status: answer.status, to: answer.headers.location }).toMatchObject({ status })
    tellsNothing(answer)
  })

  test.each(ofKind('page'))('%s: leads to the login without a session', async (name, { form }) => {
    const route = routeOf(name)
    const answer = route.method === 'GET' ? await ask(route, html) : await send(route, html, form?.() ?? {})
    expect({ status: answer.status, to: answer.headers.location }).toEqual({ status: 303, to: '/login' })
  })

  test.each(ofKind('page').filter(([name]) => name.startsWith('POST')))(
    '%s: refuses a form that came from elsewhere',
    async (name, { form }) => {
      const login = hub.hub.services.login
      const { cookie = '' } = (await login.useLink(await login.createLinkToken('default'))) ?? {}
      const headers = { ...html, cookie: `mainspring_session=${cookie}` }
      const forged = [form?.() ?? {}, { ...form?.(), csrf: visitor.csrf }]
      for (const values of forged) expect((await send(routeOf(name), headers, values)).status).toBe(403)
    },
  )

  async function send(
    route: Route,
    headers: Readonly<Record<string, string>>,
    form: Readonly<Record<string, string>>,
  ) {
    const response = await hub.hub.app.inject({
      method: route.method,
      url: addressOf(route),
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(form).toString(),
    })
    return { status: response.statusCode, text: response.body, headers: response.headers }
  }
})

test.each(ofKind('token'))('%s: an invented address leads nowhere', async (name) => {
  const answer = await ask(routeOf(name), { accept: 'text/html' })
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  tellsNothing(answer, [ids.other, hub.accountId])
})

test('after all of this everything is as it was', async () => {
  const { services } = hub.hub
  expect((await hub.call('GET', `/accounts/${ids.other}`)).body).toMatchObject({
    label: 'private-label',
    status: 'active',
    setup_information: { firmName: hub.credentials.firmName },
  })
  const keys = await services.keys.list('default')
  expect(keys.find(({ id }) => id === ids.key)).toMatchObject({ revokedAt: null, rotatedAt: null })
  expect(await services.confirmations.pending('default')).toMatchObject([{ id: ids.confirmation }])
  expect(await services.webhooks.list('default')).toMatchObject([{ id: ids.webhook }])
  expect((await services.policies.get('default', `key:${ids.key}`)).updatedAt).toBeUndefined()
  const { settings } = services
  expect(await settings.get('default')).toMatchObject({ hubName: 'Mainspring' })
})
