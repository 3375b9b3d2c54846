import { expect } from '@jest/globals'
import { type LaneMaker, linkAccount } from '../lane.ts'

/** Accounts, with their credentials, their entry in the audit and their event in the outbox: all of it or nothing. */
export const links: LaneMaker = (world) => {
  const answered = new Map<string, string>()
  const checked = new Set<string>()
  let count = 0
  return {
    kind: 'links',
    async write(call) {
      const owner = `owner-${count++}`
      answered.set(await linkAccount(call, world, owner), owner)
    },
    async check({ hub, file }) {
      const stored = file.prepare('select id, origin_owner_id as owner from account').all()
      const owners = new Map(stored.map(({ id, owner }) => [String(id), String(owner)]))
      for (const [id, owner] of answered) expect(owners.get(id)).toBe(owner)
      for (const id of owners.keys()) {
        if (checked.has(id)) continue
        const { run } = await hub.services.accounts.open('default', id)
        expect(Object.keys(run.credentials).sort()).toEqual([
          'apiKey',
          'apiSecret',
          'firmName',
          'firmServiceKey',
        ])
        checked.add(id)
      }
      const audited = file.prepare("select subject from audit where action = 'account.linked'").all()
      expect(audited.map(({ subject }) => String(subject)).sort()).toEqual(
        [...owners.keys()].map((id) => `account:${id}`).sort(),
      )
      const events = file.prepare("select record_id as id from webhook_event where event = 'account.created'")
      expect(
        events
          .all()
          .map(({ id }) => String(id))
          .sort(),
      ).toEqual([...owners.keys()].sort())
    },
  }
}
