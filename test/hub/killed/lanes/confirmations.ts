import { expect } from '@jest/globals'
import {
  auditedOf,
  type Call,
  createPerson,
  expectStatus,
  type LaneMaker,
  ownAccount,
  UnexpectedAnswer,
} from '../lane.ts'

interface Asked {
  readonly name: string
  readonly token: string
  id?: string
  state: 'asked' | 'approved' | 'used'
}

/** Calls that an operator has to agree to: a token is good once, also when the hub died while it was used. */
export const confirmations: LaneMaker = (world) => {
  const account = ownAccount(world, 'confirmations')
  let key: string | undefined
  let count = 0
  let asked: Asked[] = []
  const call = async (hub: Call, name: string, token?: string) =>
    hub('POST', '/actions/rpc', {
      key: key ?? '',
      body: createPerson(name),
      headers: {
        'x-account-id': await account(hub),
        ...(token === undefined ? {} : { 'x-mainspring-confirm': token }),
      },
    })
  /** A key whose writes wait for an operator. */
  const prepare = async (hub: Call) => {
    const made = expectStatus('A key', await hub('POST', '/keys', { body: { name: 'asks' } }), 201)
    const body = { confirm: 'writes', confirm_by: 'operator' }
    expectStatus('A policy', await hub('PUT', `/policies/key:${made['id']}`, { body }), 200)
    key = String(made['key'])
  }
  return {
    kind: 'confirmations',
    async write(hub) {
      if (key === undefined) await prepare(hub)
      const name = `Confirmed ${count++}`
      const refused = expectStatus('An unconfirmed call', await call(hub, name), 403)
      const { token } = refused['confirmation'] as { token: string }
      const entry: Asked = { name, token, state: 'asked' }
      asked.push(entry)
      const pending = (await hub('GET', '/confirmations')).body as unknown as {
        id: string
        inputs: { name: string }
      }[]
      const found = pending.find(({ inputs }) => inputs.name === name)
      if (found === undefined) throw new UnexpectedAnswer('What was asked for does not wait')
      entry.id = found.id
      expectStatus('Approving', await hub('POST', `/confirmations/${found.id}/approve`), 200)
      entry.state = 'approved'
      expectStatus('A confirmed call', await call(hub, name, token), 200)
      entry.state = 'used'
    },
    async check(restarted) {
      for (const { name, token, id, state } of asked) {
        const made = world.madeAt(name)
        if (state === 'asked') {
          // Approving may have been under way: then it waits no more.
          expect(made).toBe(0)
          if (id !== undefined)
            expect(auditedOf(restarted, `confirmation:${id}`)[0]).toBe('confirmation.asked')
          continue
        }
        const again = await call(restarted.call, name, token)
        if (again.status === 200) {
          // Only a use that nobody was told of may not have happened.
          expect([name, state, made, world.madeAt(name)]).toEqual([name, 'approved', 0, 1])
        } else {
          expect(again).toMatchObject({ status: 403, body: { code: 'policy/confirmation-invalid' } })
          expect(world.madeAt(name)).toBe(made)
          expect(made).toBeLessThanOrEqual(1)
          if (state === 'used') expect(made).toBe(1)
        }
        expect(auditedOf(restarted, `confirmation:${id}`)).toEqual([
          'confirmation.asked',
          'confirmation.approved',
          'confirmation.used',
        ])
      }
      asked = []
    },
  }
}
