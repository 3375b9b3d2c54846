import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type LinkedHub, startLinkedHub } from '../linked-hub.ts'
import { type Page, Visitor } from './visitor.ts'

/** Without scripts: what a form and a link can do. */
let hub: LinkedHub
let visitor: Visitor

beforeAll(async () => {
  hub = await startLinkedHub()
  visitor = await new Visitor(hub.url).signIn(hub)
})
afterAll(() => hub.close())

const tryPath = (action: string) => `/try?account=${hub.accountId}&action=${action}`
const noSecretIn = (page: Page) => {
  for (const secret of ['apiKey', 'apiSecret', 'firmServiceKey'] as const)
    expect(page.html).not.toContain(hub.credentials[secret])
}

describe('try it', () => {
  test('shows the exact request beside the form, and the call for programs', async () => {
    const page = await visitor.go(tryPath('clockwork_list_people'))
    expect(page.status).toBe(200)
    expect(page.text).toContain('GET ')
    expect(page.text).toContain('/people')
    expect(page.text).toContain('mainspring run clockwork_list_people')
    noSecretIn(page)
  })

  test('runs, shows rows and timing, and goes on to the next page', async () => {
    const form = await visitor.go(tryPath('clockwork_list_people'))
    const first = await visitor.submit(form, '/try#result', { 'in.page_size': '3' })
    expect(first.text).toMatch(/Result \d+ ms, 1 request/)
    expect(first.text).toContain('/people → 200')
    expect(first.text).toContain('--input page_size=3')
    noSecretIn(first)
    const ids = (page: Page) => [...page.html.matchAll(/<td>([0-9a-f-]{36})<\/td>/g)].map(([, id]) => id)
    const second = await visitor.submit(first, '/try?page=next')
    expect(ids(first)).toHaveLength(3)
    expect(ids(second)).toHaveLength(3)
    expect(ids(second)[0]).not.toBe(ids(first)[0])
  })

  test.each([
    ['clockwork_list_people', { 'in.page_size': 'many' }, 'Some fields cannot be read.'],
    ['clockwork_list_person_notes', {}, 'input/missing'],
    ['clockwork_list_person_notes', { 'in.person_id': 'nobody' }, 'provider/not-found'],
  ])('%s with %j says what is wrong and keeps what was typed', async (action, values, text) => {
    const page = await visitor.submit(await visitor.go(tryPath(action)), '/try#result', values)
    expect(page.text).toContain(text)
    for (const value of Object.values(values)) expect(page.html).toContain(`value="${value}"`)
  })

  test('can show the request alone, and sends nothing for it', async () => {
    const before = hub.sandbox.requests.length
    const form = await visitor.go(tryPath('clockwork_create_person'))
    const page = await visitor.submit(form, '/try#result', { 'in.name': '<b>Ines</b>', only: 'request' })
    expect(page.text).toContain('<b>Ines</b>')
    expect(page.html).not.toContain('<b>Ines')
    expect(hub.sandbox.requests).toHaveLength(before)
  })

  test('a form from elsewhere is refused', async () => {
    const form = await visitor.go(tryPath('clockwork_create_person'))
    const page = await visitor.submit(form, '/try#result', { 'in.name': 'A', csrf: 'wrong' })
    expect(page.status).toBe(403)
  })
})

describe('the request log', () => {
  test('lists runs, filters them, and shows one without values', async () => {
    await hub.rpc('clockwork_list_person_notes', { path: { person_id: 'somebody-private' } })
    await hub.rpc('clockwork_list_people', { query: { page_size: 1 } })
    const all = await visitor.go('/logs')
    expect(all.text).toContain('clockwork_list_people')
    const failed = await visitor.go(`/logs?outcome=no&source=rpc&account=${hub.accountId}`)
    expect(failed.text).toContain('provider/not-found')
    const [, id = ''] = /href="\/logs\/(log_\w+)"/.exec(failed.html) ?? []
    const one = await visitor.go(`/logs/${id}`)
    expect(one.text).toContain('Inputs given person_id')
    expect(one.text).toContain('→ 404')
    expect(one.text).not.toContain('somebody-private')
    noSecretIn(one)
  })

  test('an entry that is not there is said to be', async () => {
    expect((await visitor.go('/logs/log_nobody')).status).toBe(404)
  })
})

describe('policies', () => {
  test('are set by a form, hold at once, and are reset', async () => {
    const list = await visitor.go('/policies')
    expect(list.text).toContain('No preview actions')
    const form = await visitor.go('/policies/agents')
    const saved = await visitor.submit(form, '/policies/agents', {
      readOnly: 'yes',
      exceptActions: 'clockwork_list_tags',
      'method-GET': 'GET',
    })
    expect(saved.text).toContain('Reading alone')
    expect(saved.text).toContain('Methods: GET')
    const stored = await hub.call('GET', '/policies')
    expect(stored.body).toMatchObject([
      { subject: 'project' },
      { subject: 'agents', read_only: true, methods: ['GET'], except_actions: ['clockwork_list_tags'] },
    ])
    const back = await visitor.submit(await visitor.go('/policies/agents'), '/policies/agents/reset')
    expect(back.text).not.toContain('Reading alone')
  })

  test('a connector that is not in the catalog is refused with its name', async () => {
    const page = await visitor.submit(await visitor.go('/policies/project'), '/policies/project', {
      connectors: 'clockwrok',
    })
    expect(page.status).toBe(422)
    expect(page.text).toContain('clockwrok')
  })
})
