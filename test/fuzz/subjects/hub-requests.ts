import fc from 'fast-check'
import { startLinkedHub } from '../../hub/linked-hub.ts'
import type { FuzzSubject } from '../fuzz-subject.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const text = fc.oneof(
  fc.constantFrom(
    '..',
    '%2e%2e',
    '%00',
    '%',
    'a'.repeat(3_000),
    "';--",
    '<script>',
    '__proto__',
    '-1',
    'NaN',
  ),
  fc.string(),
)

/** Requests to every route of the hub, with a key and without one: an answer, never a failure of the hub's own. */
export const hubRequests: FuzzSubject = {
  name: 'hub requests',
  share: 0.05,
  async open() {
    const hub = await startLinkedHub({ requestsPerMinute: 1_000_000 })
    const document = hub.hub.app.swagger() as { paths: Record<string, object> }
    const paths = Object.keys(document.paths)
    const secrets = [hub.credentials.apiKey, hub.credentials.apiSecret, hub.credentials.firmServiceKey]
    const cases = fc.record({
      method: fc.constantFrom(...methods),
      path: fc.constantFrom(...paths),
      parts: fc.array(text, { maxLength: 3 }),
      query: fc.dictionary(fc.string({ maxLength: 12 }), text, { maxKeys: 3 }),
      body: fc.oneof(
        fc.constant(undefined),
        fc.jsonValue(),
        fc.string(),
        fc.constantFrom(
          { action: 'clockwork_list_people', query: { page_size: 1 } },
          { action: 'clockwork_list_people', query: { page_size: '__proto__' }, path: { a: { b: {} } } },
          { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'x', arguments: [] } },
          { query: 'people', top_k: 1e9 },
        ),
      ),
      type: fc.constantFrom(
        'application/json',
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
      ),
      withKey: fc.boolean(),
    })
    return {
      property: fc.asyncProperty(cases, async ({ method, path, parts, query, body, type, withKey }) => {
        let at = 0
        const filled = path.replace(/\{\w+\}/g, () => encodeURIComponent(wellFormed(parts[at++] ?? 'x')))
        const search = new URLSearchParams(query)
        const response = await hub.hub.app.inject({
          method,
          url: `${filled}?${search}`,
          headers: {
            ...(withKey ? hub.authorization : {}),
            'x-account-id': at % 2 === 0 ? hub.accountId : 'nobody',
            ...(body === undefined ? {} : { 'content-type': type }),
          },
          ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
        })
        // The sandbox's answers are the provider's: 502 and 504 speak of it, 503 asks to wait.
        if (response.statusCode === 500)
          throw new Error(`${method} ${filled} failed: ${response.body.slice(0, 300)}`)
        if (secrets.some((secret) => response.body.includes(secret)))
          throw new Error(`${method} ${filled} tells a secret.`)
        if ('polluted' in {}) throw new Error('A prototype was changed.')
      }),
      close: () => hub.close(),
    }
  },
}

function wellFormed(part: string): string {
  return part.isWellFormed() ? part : part.toWellFormed()
}
