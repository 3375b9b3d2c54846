import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHub, type Hub } from '../../src/hub/index.ts'
import { createTransport } from '../../src/index.ts'
import { sampleInputs } from '../../src/plan/index.ts'
import type { Clock } from '../../src/transport/index.ts'
import { loopback } from '../fixtures/loopback.ts'
import { Visitor } from '../hub/pages/visitor.ts'
import { connectorsFolder } from '../hub/start-hub.ts'
import { type CanarySearch, createCanarySearch } from './canary-search.ts'
import { type Answer, type EchoProvider, startEchoProvider } from './echo-provider.ts'
import { type Subject, shippedSubjects } from './subjects.ts'

const apiKey = 'msk_hR5tY8uI2oP7aS4dF9gH3jK6'
const headers = { authorization: `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}` }
const actor = { kind: 'system' } as const
/** Each way to fail once: the engine behind the hub is driven against all. A 401 ends what an account may do. */
const played: readonly Answer[] = [
  ...([
    'success',
    'success of another shape',
    'success that carries an error',
    '403',
    '404',
    '422',
    '429',
  ] as const),
  ...([
    '500 in HTML',
    'malformed JSON',
    'cut body',
    'redirect elsewhere',
    'reset after delivery',
    '401',
  ] as const),
]

/** A thousand times as fast as the machine's, so that nobody waits for budgets of requests. */
const hastyClock: Clock = {
  now: () => performance.now() * 1000,
  schedule(callback, delayMs) {
    const timer = setTimeout(callback, delayMs / 1000)
    return () => clearTimeout(timer)
  },
}

export interface HubCount {
  calls: number
  /** Answers with something masked in it. */
  masked: number
  /** Codes of refused calls. */
  readonly codes: Record<string, number>
}

interface Linked extends Subject {
  readonly provider: EchoProvider
  readonly accountId: string
}

/**
 * Links an account of every method of every shipped connector to a hub, and uses them by every door against every
 * failure; then looks through what the hub has said, logged and stored.
 */
export async function driveHub(): Promise<{ readonly search: CanarySearch; readonly count: HubCount }> {
  const folder = await mkdtemp(join(tmpdir(), 'mainspring-canary-'))
  const subjects = await shippedSubjects()
  const secrets = Object.fromEntries(
    subjects.flatMap(({ name, secrets: own }) =>
      Object.entries(own).map(([key, value]) => [`${name} ${key}`, value]),
    ),
  )
  const search = createCanarySearch({ ...secrets, apiKey })
  const count: HubCount = { calls: 0, masked: 0, codes: {} }
  const providers = new Map<Subject, EchoProvider>()
  for (const subject of subjects)
    providers.set(subject, await startEchoProvider(subject.plan, Object.values(subject.secrets)))
  const transport = createTransport({ random: () => 0, network: loopback })
  const hub = await createHub({
    connectors: connectorsFolder,
    dataFolder: folder,
    apiKey,
    transport,
    integrations: [...providers].map(([subject, { origin }]) => ({
      connector: subject.plan.key,
      environment: environmentOf(subject),
      origin,
    })),
    logLevel: 'debug',
    logStream: { write: (line) => search.look('log', line) },
    requestsPerMinute: 1_000_000,
    // A circuit that opens would keep the rest from being tried.
    flow: { circuit: { failures: 1_000_000 }, clock: hastyClock },
  })
  try {
    await hub.listen({ port: 0 })
    const linked: Linked[] = []
    for (const [subject, provider] of providers)
      linked.push({ ...subject, provider, accountId: await link(hub, subject, search) })
    await Promise.all(linked.map((subject) => refuseForms(hub, subject, search)))
    await Promise.all(linked.map((subject) => use(hub, subject, search, count)))
    for (const subject of linked) await look(hub, subject, search)
    await hub.close()
    for (const file of await readdir(folder)) search.look(`file: ${file}`, await readFile(join(folder, file)))
    return { search, count }
  } finally {
    transport.close()
    for (const provider of providers.values()) await provider.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** An account knows nothing of the secrets of another one: each has a provider of its own. */
function environmentOf({ authentication }: Subject): string {
  return `canary-${authentication.replaceAll('_', '-')}`
}

async function link(hub: Hub, subject: Subject, search: CanarySearch): Promise<string> {
  const { name, plan, authentication, setup, credentials } = subject
  const { services } = hub
  const integrationId = `${plan.key}.${authentication}.${environmentOf(subject)}`
  const grant = { projectId: 'default', owner: { id: name, name }, actor }
  if (Object.keys(setup).length > 0)
    await services.integrations.saveSetup('default', integrationId, setup, actor)
  const { oauth } = plan.authentications.find(({ key }) => key === authentication) ?? {}
  if (oauth === undefined) {
    const result = await services.linking.link(grant, { integrationId, values: credentials })
    search.look(`linking: ${name}`, JSON.stringify(result.linked ? result.account : result.failure))
    if (!result.linked) throw new Error(`${name} is not linked: ${result.failure.headline}`)
    return result.account.id
  }
  const begun = await services.authorizations.begin(grant, { integrationId, values: {}, returnTo: '/' })
  if (!begun.begun) throw new Error(`${name} cannot begin: ${begun.failure.headline}`)
  const state = new URL(begun.url).searchParams.get('state') ?? ''
  const back = new URLSearchParams({ state, code: String(subject.secrets['accessToken']) })
  const { attempt, result } = await services.authorizations.complete(back, begun.browserToken)
  search.look(`linking: ${name}`, JSON.stringify(attempt))
  if (result?.linked !== true) throw new Error(`${name} is not linked: ${result?.failure.headline}`)
  return result.account.id
}

/** A person types secrets into a form, and the provider is in no mood: the page is shown again. */
async function refuseForms(hub: Hub, subject: Linked, search: CanarySearch): Promise<void> {
  const { name, plan, authentication, credentials, provider } = subject
  const { oauth } = plan.authentications.find(({ key }) => key === authentication) ?? {}
  if (oauth !== undefined) return
  const { linkToken } = await hub.services.connectSessions.create(
    'default',
    { originOwnerId: name, originOwnerName: name, provider: plan.key },
    actor,
  )
  const person = new Visitor(hub.url)
  const integration = `${plan.key}.${authentication}.${environmentOf(subject)}`
  const typed = Object.fromEntries(Object.entries(credentials).map(([key, value]) => [`field.${key}`, value]))
  for (const answer of ['401', '403', '422', '500 in HTML', 'malformed JSON', 'cut body'] as const) {
    provider.answer = answer
    for (const values of [
      typed,
      { ...typed, 'field.firmName': '!', 'field.host': '!', 'field.tenant': '!' },
    ]) {
      const form = await person.go(`/connect/${linkToken}?integration=${integration}`)
      const { status, html } = await person.submit(form, '/connect/', values)
      if (status !== 422) throw new Error(`${name}: the form was answered ${status}, ${answer}`)
      search.look(`form: ${name}, ${answer}`, html)
    }
  }
}

/** One account against every failure, by every door. */
async function use(hub: Hub, subject: Linked, search: CanarySearch, count: HubCount): Promise<void> {
  const { name, plan, accountId, provider } = subject
  const ask = async (door: string, url: string, payload: object, accept = 'application/json') => {
    const response = await hub.app.inject({
      method: 'POST',
      url,
      headers: { ...headers, 'x-account-id': accountId, accept },
      payload,
    })
    const told = `${response.statusCode} ${JSON.stringify(response.headers)} ${response.body}`
    search.look(`${door}: ${name} ${JSON.stringify(payload).slice(0, 80)}, ${provider.answer}`, told)
    count.calls += 1
    if (told.includes('***')) count.masked += 1
    const code =
      /"code":"([\w-]+\/[\w-]+)"/.exec(response.body)?.[1] ?? /\b(\w+\/[\w-]+): /.exec(response.body)?.[1]
    if (code !== undefined) count.codes[code] = (count.codes[code] ?? 0) + 1
  }
  const visitor = await signIn(hub)
  for (const [turn, answer] of played.entries()) {
    provider.answer = answer
    for (const [index, action] of plan.actions.entries()) {
      const body = sampleInputs(action, 'all')
      const id = action.qualifiedId
      const params = { name: id, arguments: { body } }
      // By one door or the other; the engine behind both is driven against all.
      if (turn === 0 || (turn + index) % 2 === 0) await ask('rpc', '/actions/rpc', { action: id, body })
      if (turn === 0 || (turn + index) % 2 === 1)
        await ask('mcp', '/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/call', params })
      if (turn === 0) await ask('explained', '/actions/explain', { action: id, body })
    }
    const first = plan.actions.find(({ listing }) => listing !== undefined)
    // A provider that answers every page alike has no last one.
    if (first !== undefined && answer !== 'success')
      await ask('lines', '/actions/rpc', { action: first.qualifiedId }, 'application/x-ndjson')
    if (plan.actions.some(({ passthrough }) => passthrough))
      await ask('proxy', '/unified/proxy', { method: 'get', path: '/people' })
    await tryByHand(visitor, subject, turn, search)
  }
}

async function signIn(hub: Hub): Promise<Visitor> {
  const visitor = new Visitor(hub.url)
  await visitor.go(`/login?token=${await hub.services.login.createLinkToken('default')}`)
  return visitor
}

/** The pages on which a provider is asked something: the test of an account, and an action that is tried. */
async function tryByHand(
  visitor: Visitor,
  { name, plan, accountId, provider }: Linked,
  turn: number,
  search: CanarySearch,
): Promise<void> {
  const see = (html: string) => search.look(`page: ${name}, ${provider.answer}`, html)
  const test = `/accounts/${accountId}/test`
  see((await visitor.submit(await visitor.go(`/accounts/${accountId}`), test)).html)
  const reads = plan.actions.filter(({ effect, passthrough }) => effect === 'read' && !passthrough)
  const action = reads[turn % reads.length]
  if (action === undefined) return
  const form = await visitor.go(`/try?account=${accountId}&action=${action.qualifiedId}`)
  const inputs = Object.entries(sampleInputs(action)).map(([key, value]) => [`in.${key}`, String(value)])
  see((await visitor.submit(form, '/try', Object.fromEntries(inputs))).html)
}

/** What the hub remembers of it. */
async function look(hub: Hub, { name, accountId }: Linked, search: CanarySearch): Promise<void> {
  const visitor = await signIn(hub)
  const ask = async (url: string) => {
    const response = await hub.app.inject({ method: 'GET', url, headers })
    search.look(`stored: ${name} ${url}`, response.body)
    return response.json() as { data?: { id: string }[] }
  }
  for (const path of ['/accounts', `/accounts/${accountId}`, '/logs', '/catalog', '/audit', '/settings'])
    search.look(`page: ${name} ${path}`, (await visitor.go(path)).html)
  for (const path of [
    ...['/accounts', `/accounts/${accountId}`, '/requests/logs/steps', '/requests/platform-logs', '/flow'],
    ...['/audit/entries', '/openapi.json', '/connectors/meta'],
  ])
    await ask(path)
  const logs = (await ask(`/requests/logs?account_ids=${accountId}&page_size=100`)).data ?? []
  for (const { id } of logs) {
    await ask(`/requests/logs/${id}`)
    search.look(`page: ${name} log`, (await visitor.go(`/logs/${id}`)).html)
  }
}
