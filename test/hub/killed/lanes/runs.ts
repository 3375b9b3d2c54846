import { expect } from '@jest/globals'
import { createPerson, expectStatus, type LaneMaker, ownAccount } from '../lane.ts'

/** Writes at the provider under idempotency keys: made once, and answered the same when they are repeated. */
export const runs: LaneMaker = (world) => {
  const account = ownAccount(world, 'runs')
  const answered = new Map<string, unknown>()
  let underWay: { readonly name: string; readonly accountId: string } | undefined
  let count = 0
  const wish = (name: string, accountId: string) => ({
    body: createPerson(name),
    headers: { 'x-account-id': accountId, 'idempotency-key': name },
  })
  return {
    kind: 'runs',
    async write(call) {
      const accountId = await account(call)
      const name = `Run ${count++}`
      underWay = { name, accountId }
      answered.set(
        name,
        expectStatus('A run', await call('POST', '/actions/rpc', wish(name, accountId)), 200),
      )
      underWay = undefined
    },
    async check({ call }) {
      for (const [name, body] of answered) {
        expect([name, world.madeAt(name)]).toEqual([name, 1])
        const again = await call('POST', '/actions/rpc', wish(name, await account(call)))
        expect(again).toMatchObject({ status: 200, body })
        expect(again.headers.get('idempotency-replayed')).toBe('true')
        expect([name, world.madeAt(name)]).toEqual([name, 1])
      }
      answered.clear()
      if (underWay === undefined) return
      const { name, accountId } = underWay
      underWay = undefined
      const before = world.madeAt(name)
      const again = await call('POST', '/actions/rpc', wish(name, accountId))
      if (again.status === 200) expect(world.madeAt(name)).toBe(1)
      else {
        expect(again).toMatchObject({ status: 409, body: { code: 'hub/idempotency-outcome-unknown' } })
        expect(world.madeAt(name)).toBe(before)
        expect(before).toBeLessThanOrEqual(1)
      }
    },
  }
}
