import { expect } from '@jest/globals'
import { expectStatus, type LaneMaker } from '../lane.ts'

/** Webhooks that come and go, each with the secret that was told. */
export const webhooks: LaneMaker = ({ receiverUrl }) => {
  const present = new Map<string, string>()
  const removed = new Set<string>()
  let inRemoval: string | undefined
  return {
    kind: 'webhooks',
    async write(call) {
      const body = { url: receiverUrl, events: ['account.deleted'] }
      const added = expectStatus('A webhook', await call('POST', '/webhooks', { body }), 201)
      present.set(String(added['id']), String(added['secret']))
      const [oldest] = present.keys()
      if (present.size < 3 || oldest === undefined) return
      inRemoval = oldest
      present.delete(oldest)
      expectStatus('Removing a webhook', await call('DELETE', `/webhooks/${oldest}`), 204)
      removed.add(oldest)
      inRemoval = undefined
    },
    async check({ hub: { services }, call }) {
      const own = (await services.webhooks.list('default')).filter(({ events }) =>
        events.includes('account.deleted'),
      )
      const ids = own.map(({ id }) => id)
      expect(ids).toEqual(expect.arrayContaining([...present.keys()]))
      // At most the one that was being added, and the one that was being removed.
      expect(ids.filter((id) => !present.has(id) && id !== inRemoval).length).toBeLessThanOrEqual(1)
      for (const id of ids) {
        expect(removed.has(id)).toBe(false)
        const subject = { projectId: 'default', kind: 'webhook', subjectId: id } as const
        const secret = (await services.vault.read(services.store, subject))?.value.secret
        expect(secret).toEqual(present.get(id) ?? expect.stringMatching(/^whsec_/))
        if (!present.has(id)) await call('DELETE', `/webhooks/${id}`)
      }
      inRemoval = undefined
    },
  }
}
