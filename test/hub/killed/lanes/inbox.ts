import { expect } from '@jest/globals'
import { expectStatus, type LaneMaker, ownAccount } from '../lane.ts'

const delivery = { event_name: 'candidacy_updated', candidacy: { id: 'c1', project_id: 'p1' } }

interface Subscription {
  readonly id: string
  /** Without the origin: hubs come back at another port. */
  readonly path: string
}

/** Subscriptions that come and go, and deliveries of the provider: what was acknowledged is run, if need be by the next hub. */
export const inbox: LaneMaker = (world) => {
  const account = ownAccount(world, 'inbox')
  let current: Subscription | undefined
  let ended: string | undefined
  let taken: string[] = []
  return {
    kind: 'subscriptions and deliveries',
    async write(call) {
      const accountId = await account(call)
      const added = expectStatus(
        'A subscription',
        await call('POST', '/event-subscriptions', { body: { account_id: accountId } }),
        201,
      )
      const former = current
      current = { id: String(added['id']), path: new URL(String(added['webhook_url'])).pathname }
      taken = []
      if (former !== undefined) {
        expectStatus('Unsubscribing', await call('DELETE', `/event-subscriptions/${former.id}`), 200)
        ended = former.id
      }
      for (let index = 0; index < 8; index++) {
        const answer = expectStatus('A delivery', await call('POST', current.path, { body: delivery }), 202)
        taken.push(String(answer['id']))
      }
    },
    async check({ hub: { services } }) {
      while ((await services.deliveries.handleDue()) > 0);
      const all = await services.subscriptions.list('default')
      expect(all.some(({ id }) => id === ended)).toBe(false)
      if (current === undefined) return
      const { id: subscriptionId } = current
      expect(all.find(({ id }) => id === subscriptionId)).toMatchObject({ status: 'active' })
      const stored = await services.inbox.list('default', subscriptionId, 100)
      const ids = stored.map(({ id }) => id)
      expect(ids).toEqual(expect.arrayContaining(taken))
      expect(ids.length - taken.length).toBeLessThanOrEqual(1)
      for (const { status, done, error } of stored.map(({ position, ...row }) => ({
        ...row,
        done: position,
      })))
        expect({ status, done, error }).toEqual({ status: 'done', done: 1, error: null })
      // Those nobody was told of, and the provider alone knows.
      for (const { id } of all)
        if (id !== subscriptionId)
          await services.subscriptions.remove('default', id, { kind: 'system' }, { force: true })
    },
  }
}
