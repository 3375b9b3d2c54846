import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type LinkedHub, startLinkedHub } from '../linked-hub.ts'

let hub: LinkedHub
let folder: string
let now = Date.parse('2026-05-01T09:00:00.000Z')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-audit-'))
  hub = await startLinkedHub({ dataFolder: folder, clock: () => new Date(now) })
})
afterAll(async () => {
  await hub.close()
  await rm(folder, { recursive: true })
})

const bearer = (key: unknown) => ({ authorization: `Bearer ${key}` })
const statusWith = async (key: unknown) =>
  (await hub.call('GET', '/accounts', { headers: bearer(key) })).status
const make = async (body: object) => (await hub.call('POST', '/keys', { body })).body
const list = async () =>
  (await hub.call('GET', '/keys')).body as unknown as { id: string; last_used_at: string | null }[]

describe('API keys', () => {
  test('a key is told once; the file of the database holds its hash alone', async () => {
    const { key, id } = await make({ name: 'Told once' })
    expect(key).toMatch(/^msk_[\w-]{43}$/)
    expect((await hub.call('GET', '/keys')).text).not.toContain(String(key))
    const database = new DatabaseSync(join(folder, 'mainspring.db'), { readOnly: true })
    const row = database.prepare('select * from api_key where id = ?').get(String(id))
    database.close()
    expect(JSON.stringify(row)).not.toContain(String(key))
    expect(row?.['hash']).toMatch(/^[0-9a-f]{64}$/)
  })

  test.each([
    ['read', 'GET /accounts', 200],
    ['read', 'POST /connect_sessions', 403],
    ['read', 'GET /keys', 403],
    ['write', 'POST /connect_sessions', 201],
    ['write', 'GET /audit/entries', 403],
    ['admin', 'GET /audit/entries', 200],
  ] as const)('a key with the scope %s is answered %s with %i', async (scope, call, status) => {
    const { key } = await make({ name: scope, scopes: [scope] })
    const [method, path] = call.split(' ') as ['GET', string]
    const body = { origin_owner_id: 'o', origin_owner_name: 'O' }
    const answer = await hub.call(method, path, {
      headers: bearer(key),
      ...(call.startsWith('POST') ? { body } : {}),
    })
    expect(answer.status).toBe(status)
  })

  test('rotated: the new text is in force at once, the old one for as long as was said; id and policy stay', async () => {
    const { key, id } = await make({ name: 'Rotated' })
    await hub.call('PUT', `/policies/key:${id}`, { body: { read_only: true } })
    const rotated = await hub.call('POST', `/keys/${id}/rotate`, { body: { grace_seconds: 60 } })
    expect(rotated.body).toMatchObject({ id, name: 'Rotated', rotated_at: expect.any(String) })
    const second = rotated.body['key']
    expect([await statusWith(key), await statusWith(second)]).toEqual([200, 200])
    const write = await hub.rpc('clockwork_create_person', { body: { name: 'A' } }, bearer(second))
    expect(write.body).toMatchObject({ code: 'policy/action-not-allowed' })
    now += 61_000
    expect([await statusWith(key), await statusWith(second)]).toEqual([401, 200])

    const third = (await hub.call('POST', `/keys/${id}/rotate`)).body['key']
    expect([await statusWith(second), await statusWith(third)]).toEqual([401, 200])
    await hub.call('DELETE', `/keys/${id}`)
    expect(await statusWith(third)).toBe(401)
    expect((await hub.call('POST', `/keys/${id}/rotate`)).status).toBe(404)
  })

  test('are listed by last use, those never used last', async () => {
    const [never, early, late] = await Promise.all(['never', 'early', 'late'].map((name) => make({ name })))
    await statusWith(early?.['key'])
    now += 120_000
    await statusWith(late?.['key'])
    const ids = (await list()).map(({ id }) => id)
    const places = [late, early, never].map((key) => ids.indexOf(String(key?.['id'])))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places).not.toContain(-1)
  })

  test('a key of one account is made for an account that is there', async () => {
    expect((await hub.call('POST', '/keys', { body: { name: 'x', account_id: 'acc_no' } })).status).toBe(404)
    const { key } = await make({ name: 'one', account_id: hub.accountId })
    const other = await hub.link('not-for-this-key')
    const answer = await hub.rpc('clockwork_list_people', {}, { ...bearer(key), 'x-account-id': other })
    expect(answer.status).toBe(404)
  })
})

describe('the audit', () => {
  const verify = async (query = '') => (await hub.call('GET', `/audit/verify${query}`)).body

  test('says who did each thing that an operator asks after', async () => {
    const key = String((await make({ name: 'audited' }))['id'])
    await hub.call('POST', `/keys/${key}/rotate`)
    await hub.call('DELETE', `/keys/${key}`)
    const gone = await hub.link('soon-gone')
    await hub.call('PATCH', `/accounts/${gone}`, { body: { label: 'L' } })
    await hub.call('DELETE', `/accounts/${gone}`)
    await hub.call('PUT', '/policies/agents', { body: { read_only: true } })
    await hub.call('DELETE', '/policies/agents')
    const { settings, login, integrations } = hub.hub.services
    await settings.update('default', { hubName: 'Other' }, { kind: 'login', id: 'x' })
    const cookie = (await login.useLink(await login.createLinkToken('default')))?.cookie ?? ''
    await login.end(cookie)
    await integrations.setActive('default', 'clockwork.api_key.sandbox', false, { kind: 'system' })
    await integrations.setActive('default', 'clockwork.api_key.sandbox', true, { kind: 'system' })
    const { rows } = await hub.hub.services.audit.list('default', {}, { limit: 500 })
    expect([...new Set(rows.map(({ action }) => action))].sort()).toEqual([
      'account.deleted',
      'account.linked',
      'account.updated',
      'connect-session.created',
      'integration.activated',
      'integration.deactivated',
      'key.created',
      'key.revoked',
      'key.rotated',
      'login.ended',
      'login.link-made',
      'login.started',
      'policy.reset',
      'policy.saved',
      'settings.changed',
    ])
    const first = rows.find(({ action, subject }) => action === 'key.rotated' && subject === `key:${key}`)
    expect(first?.actor).toMatch(/^key:key_/)
  })

  test('is listed in pages, by kind and by what it is about', async () => {
    const seen: number[] = []
    let next: unknown = ''
    do {
      const page: Record<string, unknown> = (
        await hub.call('GET', `/audit/entries?page_size=7&action=key.*&next=${next}`)
      ).body
      for (const { seq, action } of page['data'] as { seq: number; action: string }[]) {
        seen.push(seq)
        expect(action).toMatch(/^key\./)
      }
      next = page['next']
    } while (next !== null)
    expect(seen.length).toBeGreaterThan(14)
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a))
    const { body } = await hub.call('GET', `/audit/entries?subject=account:${hub.accountId}`)
    expect(body).toMatchObject({ data: [{ action: 'account.linked' }] })
  })

  test('takes additions alone: the database itself refuses a change', () => {
    const database = new DatabaseSync(join(folder, 'mainspring.db'))
    for (const change of ["update audit set actor = 'nobody'", 'delete from audit'])
      expect(() => database.exec(change)).toThrow('the audit takes additions alone')
    database.close()
  })

  test('tells a changed, a missing and a cut-off entry, to whoever goes around the database', async () => {
    const whole = await verify()
    expect(whole).toMatchObject({ intact: true, broken: null })
    const head = (whole['head'] as { hash: string }).hash
    const database = new DatabaseSync(join(folder, 'mainspring.db'))
    database.exec('drop trigger audit_no_update; drop trigger audit_no_delete')
    const { seq } = database.prepare('select max(seq) - 2 as seq from audit').get() as { seq: number }
    const tryOut = async (change: string, undo: (row: Record<string, unknown>) => void) => {
      const row = database.prepare('select * from audit where seq = ?').get(seq) as Record<string, unknown>
      database.exec(change.replace('?', String(seq)))
      const found = await verify()
      undo(row)
      return found
    }
    const restore = (row: Record<string, unknown>) => {
      database.prepare('delete from audit where seq = ?').run(seq)
      const names = Object.keys(row)
      database
        .prepare(`insert into audit (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`)
        .run(...(Object.values(row) as string[]))
    }
    for (const column of ['actor', 'action', 'subject', 'detail', 'at'])
      expect(
        await tryOut(`update audit set ${column} = '{"forged": 1}' where seq = ?`, restore),
      ).toMatchObject({
        intact: false,
        broken: { seq, why: 'the entry was changed' },
      })
    expect(await tryOut('delete from audit where seq = ?', restore)).toMatchObject({
      intact: false,
      broken: { seq: seq + 1 },
    })
    expect(await verify(`?head=${head}`)).toMatchObject({ intact: true, holds_head: true })
    database.exec(`delete from audit where seq > ${seq}`)
    database.close()
    expect(await verify()).toMatchObject({ intact: true })
    expect(await verify(`?head=${head}`)).toMatchObject({ intact: false, holds_head: false })
  })
})
