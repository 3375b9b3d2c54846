import { expect } from '@jest/globals'
import { expectStatus, type LaneMaker } from '../lane.ts'

/** What happened to accounts is told to a webhook that was there before it: at least once, however often the hub dies. */
export const outbox: LaneMaker = ({ receiverUrl, received }) => {
  let webhook: { readonly id: string; readonly since: string } | undefined
  return {
    kind: 'outbox',
    async write(call) {
      // The writes are those of the links; here is only who listens.
      if (webhook !== undefined) {
        await call('GET', '/webhooks')
        return
      }
      const body = { url: receiverUrl, events: ['account.created'] }
      const added = expectStatus('A webhook', await call('POST', '/webhooks', { body }), 201)
      webhook = { id: String(added['id']), since: new Date().toISOString() }
    },
    async check({ hub: { services }, file }) {
      if (webhook === undefined) return
      while ((await services.webhooks.deliverDue()) > 0);
      const told = file
        .prepare(
          `select d.id, d.status from webhook_event e
           left join webhook_delivery d on d.event_id = e.id and d.webhook_id = ?
           where e.event = 'account.created' and e.created_at > ?`,
        )
        .all(webhook.id, webhook.since)
      for (const { id, status } of told) {
        expect(status).toBe('delivered')
        expect(received.has(String(id))).toBe(true)
      }
    },
  }
}
