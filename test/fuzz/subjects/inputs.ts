import fc from 'fast-check'
import { compileConnector, explainAction, loadConnector } from '../../../src/index.ts'
import { expectCoded } from '../expect-coded.ts'
import { type FuzzSubject, fuzzCanary } from '../fuzz-subject.ts'

/** Texts that have changed where a request goes, in one program or another. */
const treacherous = fc.constantFrom(
  '..',
  '.',
  '../../x',
  '%2e%2e%2f',
  'a/b',
  'a\\b',
  'a@b',
  '//evil.example',
  'x\r\nx-evil: 1',
  '\u0000',
  '\ud800',
  '?a=b#c',
  '{{7*7}}',
  '$.credentials.apiKey',
  '\u202e',
  'a'.repeat(5_000),
)
const value = fc.oneof(treacherous, fc.jsonValue(), fc.string(), fc.constant(Number.NaN), fc.bigInt())
const names = [
  '__proto__',
  'constructor',
  'page_size',
  'cursor',
  'query',
  'name',
  'person_id',
  'tag_ids',
  'body',
]

/** Inputs of every action: a request below the base URL, or a refusal. */
export const inputs: FuzzSubject = {
  name: 'inputs',
  share: 0.15,
  async open() {
    const { model } = await loadConnector('connectors/clockwork')
    if (model === null) throw new Error('The connector does not load.')
    const plan = compileConnector(model)
    const credentials = {
      firmName: 'acme',
      apiKey: fuzzCanary,
      apiSecret: fuzzCanary,
      firmServiceKey: fuzzCanary,
    }
    const given = fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 8 })), value, {
      maxKeys: 6,
    })
    const action = fc.constantFrom(...plan.actions)
    // Most names are those that the action has, so that most cases get beyond the first check.
    const cases = fc.tuple(action, given, fc.array(value, { maxLength: 12 })).map(([one, extra, values]) => ({
      id: one.id,
      inputs: {
        ...Object.fromEntries(
          one.inputs.flatMap(({ name }, at) => (at in values ? [[name, values[at]]] : [])),
        ),
        ...(values.length % 3 === 0 ? extra : {}),
      },
    }))
    return {
      property: fc.asyncProperty(cases, async ({ id, inputs: filled }) => {
        try {
          const { requests } = await explainAction(plan, id, {
            inputs: filled,
            credentials,
            allowPreview: true,
            allowWrites: true,
          })
          for (const request of requests) {
            const url = new URL(request.url)
            const isBelow =
              url.origin === 'https://api.clockworkrecruiting.com' && url.pathname.startsWith('/v3.0/acme/')
            if (!isBelow) throw new Error(`It would go to ${request.url}.`)
            if (JSON.stringify(request).includes(fuzzCanary)) throw new Error('A secret is explained.')
          }
        } catch (error) {
          expectCoded(error)
        }
        if ('polluted' in {}) throw new Error('A prototype was changed.')
      }),
    }
  },
}
