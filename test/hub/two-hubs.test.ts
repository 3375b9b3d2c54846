import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from '@jest/globals'
import { createHub, type Hub, type HubOptions } from '../../src/hub/index.ts'
import { type LinkedHub, startLinkedHub } from './linked-hub.ts'
import { connectorsFolder } from './start-hub.ts'
import { createSchema, isPostgresThere, postgresHint, postgresUrl } from './store/postgres-url.ts'

type Place = Pick<HubOptions, 'dataFolder' | 'databaseUrl' | 'databaseSchema' | 'masterKey'>

const masterKey = Buffer.alloc(32, 7).toString('base64')
const postgres = (await isPostgresThere()) ? describe : describe.skip

/** Two hubs on one database: what one is told, the other one heeds. */
function twoHubs(withPlace: (use: (place: Place) => Promise<void>) => Promise<void>): void {
  const withHubs = (use: (first: LinkedHub, second: Hub) => Promise<void>) =>
    withPlace(async (place) => {
      const first = await startLinkedHub(place)
      const { sandbox } = first
      const integrations = [{ connector: 'clockwork', environment: 'sandbox', origin: sandbox.origin }]
      const second = await createHub({ connectors: connectorsFolder, integrations, ...place })
      try {
        await use(first, second)
      } finally {
        await second.close()
        await first.close()
      }
    })
  const list = (hub: LinkedHub, headers: Readonly<Record<string, string>> = {}) =>
    hub.rpc('clockwork_list_people', { query: { page_size: 1 } }, headers)
  const actor = { kind: 'system' } as const

  test('a key that the other one revokes is refused', async () => {
    await withHubs(async (first, second) => {
      const { id, authorization } = await first.createKey({})
      expect((await list(first, { authorization })).status).toBe(200)
      await second.services.keys.revoke('default', id, actor)
      while ((await list(first, { authorization })).status === 200) await wait(20)
      expect((await list(first, { authorization })).status).toBe(401)
    })
  })

  test('an account that the other one disconnects is gone', async () => {
    await withHubs(async (first, second) => {
      expect((await list(first)).status).toBe(200)
      await second.services.accounts.remove('default', first.accountId, actor)
      while ((await list(first)).status === 200) await wait(20)
      expect((await list(first)).status).toBe(404)
    })
  })

  test('a policy of the other one holds', async () => {
    await withHubs(async (first, second) => {
      const create = () => first.rpc('clockwork_create_person', { body: { name: 'Some Body' } })
      expect((await create()).status).toBe(200)
      const { rules } = await second.services.policies.get('default', 'project')
      await second.services.policies.save('default', 'project', { ...rules, readOnly: true }, actor)
      while ((await create()).status === 200) await wait(20)
      expect((await create()).body).toMatchObject({ code: 'policy/action-not-allowed' })
    })
  })
}

describe('SQLite', () => {
  twoHubs(async (use) => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'mainspring-two-'))
    try {
      await use({ dataFolder, masterKey })
    } finally {
      await rm(dataFolder, { recursive: true })
    }
  })
})

postgres(`PostgreSQL (${postgresHint})`, () => {
  twoHubs(async (use) => {
    const schema = await createSchema()
    try {
      await use({ databaseUrl: postgresUrl, databaseSchema: schema.name, masterKey })
    } finally {
      await schema.drop()
    }
  })
})
