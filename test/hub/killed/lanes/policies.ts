import { expect } from '@jest/globals'
import { auditedOf, expectStatus, type LaneMaker, ownAccount } from '../lane.ts'

/** A policy that is changed again and again: the last that was answered holds, or the one after it, each with its entry. */
export const policies: LaneMaker = (world) => {
  const account = ownAccount(world, 'policies')
  let subject: string | undefined
  let answered = 0
  return {
    kind: 'policies',
    async write(call) {
      subject = `account:${await account(call)}`
      const body = { except_actions: [`change_${answered + 1}`] }
      expectStatus('A policy', await call('PUT', `/policies/${subject}`, { body }), 200)
      answered += 1
    },
    async check(restarted) {
      if (subject === undefined) return
      const { body } = await restarted.call('GET', '/policies')
      const found = (body as unknown as { subject: string; except_actions: string[] }[]).find(
        (policy) => policy.subject === subject,
      )
      const stored = Number(found?.except_actions[0]?.replace('change_', '') ?? 0)
      expect([answered, answered + 1]).toContain(stored)
      expect(auditedOf(restarted, `policy:${subject}`)).toHaveLength(stored)
      answered = stored
    },
  }
}
