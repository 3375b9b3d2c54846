import fc from 'fast-check'
import { createTransport, runAction } from '../../../src/index.ts'
import { type Exchange, ExchangeFailure, type HttpClient } from '../../../src/transport/index.ts'
import { expectCoded } from '../expect-coded.ts'
import type { FuzzSubject } from '../fuzz-subject.ts'
import { calledPlans } from '../generators/called-plans.ts'
import { contentTypes, documents } from '../generators/wire-answers.ts'

const noise = fc.oneof(
  documents,
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  fc.string().map((text) => Buffer.from(text)),
  fc
    .constantFrom(
      '',
      'null',
      '[]',
      '{}',
      '{"people":null}',
      '{"people":[{"id":1e999}]}',
      '{"people":[{"id":9007199254740993}]}',
      '{"__proto__":{"polluted":1},"people":[]}',
      '{"people":[],"people":[{"id":1}]}',
      '{"person":{"id":"a"}}',
      '{"error":"no"}',
      '<html></html>',
      '{"people":[{"id":"a"}',
      '[NaN]',
      '"'.repeat(50),
      '['.repeat(20_000),
    )
    .map((text) => Buffer.from(text)),
  fc.jsonValue().map((json) => Buffer.from(JSON.stringify(json))),
  fc
    .jsonValue()
    .map((json) => Buffer.from(JSON.stringify({ people: json, person: json, person_notes: json }))),
)
const header = fc.constantFrom(
  'application/json',
  'application/json; charset=utf-16',
  'text/html',
  'text/plain; charset=nonsense',
  'application/xml',
  'image/png',
  '',
)
const answers = fc.record({
  status: fc.oneof(
    fc.constantFrom(200, 201, 204, 301, 400, 401, 403, 404, 409, 422, 500),
    fc.integer({ min: 200, max: 599 }),
  ),
  type: fc.oneof(header, contentTypes),
  retryAfter: fc.oneof(
    fc.constantFrom('0', '-1', 'soon', '99999999999', 'Thu, 01 Jan 1970 00:00:00 GMT'),
    fc.string({ maxLength: 5 }),
  ),
  body: noise,
  broken: fc.boolean(),
})

/** Answers of any kind: what the action's result says, or an error that says what was wrong with them. */
export const responses: FuzzSubject = {
  name: 'responses',
  share: 0.1,
  async open() {
    const calls = await calledPlans([
      'clockwork list_people',
      'clockwork create_person',
      'clockwork delete_webhook',
      'clockwork unified_list_candidates',
      'workday list_candidates',
      'linear list_issues',
      'lever list_opportunities',
    ])
    return {
      property: fc.asyncProperty(
        fc.constantFrom(...calls),
        answers,
        async ({ plan, id, inputs, credentials }, answer) => {
          const client: HttpClient = {
            async exchange(): Promise<Exchange> {
              const { status, type, retryAfter, body, broken } = answer
              if (broken && body.length % 7 === 0)
                throw new ExchangeFailure('cut', true, 'the connection broke', status)
              return { status, headers: { 'content-type': type, 'retry-after': retryAfter }, body }
            },
            close() {},
          }
          const transport = createTransport({ client })
          try {
            const limits = { maxAttempts: 1 }
            await runAction(plan, id, { inputs, credentials, transport, limits, allowPreview: true })
          } catch (error) {
            expectCoded(error)
          } finally {
            transport.close()
          }
          if ('polluted' in {}) throw new Error('A prototype was changed.')
        },
      ),
    }
  },
}
