import fc from 'fast-check'
import { sampleInputs } from '../../../src/plan/index.ts'
import { startLinkedHub } from '../../hub/linked-hub.ts'
import type { FuzzSubject } from '../fuzz-subject.ts'
import { type CalledAction, hubCalls } from '../generators/hub-calls.ts'

/** Requests to every route of the hub, with a key and without one: an answer, never a failure of the hub's own. */
export const hubRequests: FuzzSubject = {
  name: 'hub requests',
  share: 0.1,
  async open() {
    const hub = await startLinkedHub({ requestsPerMinute: 1_000_000_000 })
    const document = hub.hub.app.swagger() as { paths: Record<string, object> }
    const { connector } = await hub.hub.services.runs.offer(
      { projectId: 'default', actor: { kind: 'system' }, accountId: null, canWrite: true, agent: false },
      hub.accountId,
    )
    const actions = connector.actions.map((action): CalledAction => {
      const inputs: Record<string, Record<string, unknown>> = {}
      for (const [name, sample] of Object.entries(sampleInputs(action))) {
        const part = action.inputs.find((input) => input.name === name)?.in ?? 'body'
        inputs[part] = { ...inputs[part], [name]: sample }
      }
      return { id: action.qualifiedId, inputs }
    })
    const secrets = [hub.credentials.apiKey, hub.credentials.apiSecret, hub.credentials.firmServiceKey]
    const calls = hubCalls(Object.keys(document.paths), actions, hub.accountId)
    const withKey = fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false))
    const account = fc.oneof(
      { weight: 5, arbitrary: fc.constant(hub.accountId) },
      fc.constantFrom('nobody', '', '__proto__', 'x'.repeat(2_000)),
    )
    return {
      property: fc.asyncProperty(calls, withKey, account, async (call, hasKey, accountId) => {
        const { method, path, parts, query, headers, body } = call
        let at = 0
        const filled = path.replace(/\{\w+\}/g, () => encodeURIComponent((parts[at++] ?? 'x').toWellFormed()))
        const response = await hub.hub.app.inject({
          method,
          url: `${filled}?${new URLSearchParams(query)}`,
          headers: { ...headers, ...(hasKey ? hub.authorization : {}), 'x-account-id': accountId },
          ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
        })
        const place = `${method} ${filled}`
        // The sandbox's answers are the provider's: 502 and 504 speak of it, 503 asks to wait.
        if (response.statusCode === 500) throw new Error(`${place} failed: ${response.body.slice(0, 300)}`)
        if (response.body.includes('internal/')) throw new Error(`${place}: ${response.body.slice(0, 300)}`)
        if (/\n\s+at .*:\d+:\d+/.test(response.body)) throw new Error(`${place} tells where it failed.`)
        if (secrets.some((secret) => response.body.includes(secret)))
          throw new Error(`${place} tells a secret.`)
        if ('polluted' in {}) throw new Error('A prototype was changed.')
      }),
      close: () => hub.close(),
    }
  },
}
