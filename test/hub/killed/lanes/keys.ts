import { expect } from '@jest/globals'
import { auditedOf, expectStatus, type LaneMaker } from '../lane.ts'

/** API keys: made, rotated, revoked. What was told to be in force is, and what was told to be void is void. */
export const keys: LaneMaker = () => {
  const good = new Map<string, string>()
  const bad = new Set<string>()
  const audited = new Map<string, string[]>()
  const unknown = new Set<string>()
  return {
    kind: 'keys',
    async write(call) {
      const made = expectStatus('A key', await call('POST', '/keys', { body: { name: 'killed' } }), 201)
      const id = String(made['id'])
      good.set(id, String(made['key']))
      audited.set(id, ['key.created'])

      unknown.add(id)
      const rotated = expectStatus('Rotating', await call('POST', `/keys/${id}/rotate`), 200)
      bad.add(String(made['key']))
      good.set(id, String(rotated['key']))
      audited.set(id, ['key.created', 'key.rotated'])

      expectStatus('Revoking', await call('DELETE', `/keys/${id}`), 200)
      bad.add(String(rotated['key']))
      good.delete(id)
      audited.set(id, ['key.created', 'key.rotated', 'key.revoked'])
      unknown.delete(id)
    },
    async check(restarted) {
      const { keys } = restarted.hub.services
      for (const [id, key] of good) {
        const verified = await keys.verify(key)
        // The change after the one that was answered may have been made; then the audit tells it.
        if (!unknown.has(id) || verified !== undefined) expect(verified?.id).toBe(id)
        else expect(auditedOf(restarted, `key:${id}`).length).toBe((audited.get(id)?.length ?? 0) + 1)
      }
      for (const key of bad) expect(await keys.verify(key)).toBeUndefined()
      for (const [id, actions] of audited)
        expect(auditedOf(restarted, `key:${id}`).slice(0, actions.length)).toEqual(actions)
      good.clear()
      bad.clear()
      audited.clear()
      unknown.clear()
    },
  }
}
