import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect } from '@jest/globals'
import type { RunEvent } from '../../src/index.ts'
import { proves } from './proves.ts'
import { outputOf, pureStep, valuesStep } from './run-steps.ts'

describe('group_data', () => {
  const group = (parameters: object, ...steps: string[]) =>
    outputOf([...steps, pureStep('last', 'group_data', parameters)]).then(({ output }) => output?.['data'])

  proves(
    '7/group_data',
    'joins the data of steps by index or key; a step without data takes no part',
    async () => {
      const ids = { stepsDataToGroup: ['one', 'none', 'two'] }
      expect(
        await group(
          ids,
          valuesStep('one', [{ a: 1 }, { a: 2 }]),
          valuesStep('two', [{ b: 1 }, { b: 2 }, { b: 3 }]),
        ),
      ).toEqual([{ one: { a: 1 }, two: { b: 1 } }, { one: { a: 2 }, two: { b: 2 } }, { two: { b: 3 } }])
      expect(
        await group(ids, valuesStep('one', { x: { a: 1 }, y: { a: 2 } }), valuesStep('two', { y: { b: 2 } })),
      ).toEqual([{ one: { a: 1 } }, { one: { a: 2 }, two: { b: 2 } }])
    },
  )

  proves('7/group_data-single', 'isSingleRecord gives one map by step id', async () => {
    const single = { stepsDataToGroup: ['one', 'two'], isSingleRecord: true }
    expect(await group(single, valuesStep('one', { a: 1 }), valuesStep('two', { b: 2 }))).toEqual({
      one: { a: 1 },
      two: { b: 2 },
    })
  })

  proves('14/group_data-primitives', 'a primitive in place of a record becomes an empty map', async () => {
    expect(await group({ stepsDataToGroup: ['one'] }, valuesStep('one', [7, { a: 1 }]))).toEqual([
      { one: {} },
      { one: { a: 1 } },
    ])
  })
})

proves('7/static_values', 'a text, map or list, evaluated at every depth', async () => {
  const options = { inputs: '[{ name: id, type: string, description: d, required: true, in: query }]' }
  for (const [values, expected] of [
    ['$.inputs.id', 'x'],
    [{ a: { b: 'id ${inputs.id}' } }, { a: { b: 'id x' } }],
    [
      ['$.inputs.id', 1],
      ['x', 1],
    ],
  ])
    expect(
      (await outputOf([valuesStep('last', values)], { ...options, options: { inputs: { id: 'x' } } })).output,
    ).toEqual({ data: expected })
})

proves(
  '7/emit_event',
  'the caller gets the event from its observer and in meta; the output is the other parameters; secrets are masked',
  async () => {
    const seen: RunEvent[] = []
    const event = {
      eventType: 'person.updated',
      eventId: '$.steps.one.output.data.id',
      eventDate: '2026-01-02T03:04:05Z',
      data: { id: '{{steps.one.output.data.id}}', leak: '${credentials.secret}' },
    }
    const { output, meta } = await outputOf(
      [valuesStep('one', { id: 'p-1' }), pureStep('last', 'emit_event', { event, handled: '{{1 == 1}}' })],
      { options: { credentials: { secret: 'canary-secret' }, observer: (each) => void seen.push(each) } },
    )
    expect(output).toEqual({ handled: true })
    const emitted = { ...event, eventId: 'p-1', data: { id: 'p-1', leak: '***' } }
    expect(meta.events).toEqual([emitted])
    expect(seen.filter(({ type }) => type === 'event')).toMatchObject([{ step: 'last', event: emitted }])
  },
)

describe('sign_jwt', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const sign = (claims: object, more: object = {}) =>
    outputOf(
      [
        pureStep('last', 'sign_jwt', {
          algorithm: 'RS256',
          privateKey: '$.credentials.secret',
          claims,
          ...more,
        }),
      ],
      // In one line, as a form field keeps it.
      { options: { credentials: { secret: pem.replaceAll('\n', '\\n') } } },
    )
  const read = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString())

  proves('7/sign_jwt', 'a token of RS256 that the public key verifies, with relative times', async () => {
    const { output } = await sign({ iss: 'me', iat: 'now', exp: 'now+10m', nbf: 'now + 5s', n: 1 })
    const token = String(output?.['token'])
    const [header, payload, signature = ''] = token.split('.')
    expect(read(header)).toEqual({ alg: 'RS256', typ: 'JWT' })
    const claims = read(payload)
    const seconds = Math.floor(Date.now() / 1000)
    expect(Math.abs(claims.iat - seconds)).toBeLessThan(20)
    expect(claims).toEqual({ iss: 'me', iat: claims.iat, exp: claims.iat + 600, nbf: claims.iat + 5, n: 1 })
    expect(
      verify('sha256', Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, 'base64url')),
    ).toBe(true)
    expect(output?.['expiresIn']).toBe(600)
    expect(output?.['data']).toBeUndefined()
  })

  proves(
    '7/sign_jwt-claims',
    'iat and exp are required in that order, the placeholder gives the fingerprint, and no error shows the key',
    async () => {
      const der = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })).export({
        type: 'spki',
        format: 'der',
      })
      const fingerprint = `SHA256:${createHash('sha256').update(der).digest('base64')}`
      const { output } = await sign({ iss: 'acct.{publicKeyFingerprint}', iat: 1, exp: '3601' })
      expect(output).toMatchObject({ publicKeyFingerprint: fingerprint, expiresIn: 3600 })
      expect(read(String(output?.['token']).split('.')[1])).toEqual({
        iss: `acct.${fingerprint}`,
        iat: 1,
        exp: 3601,
      })
      for (const [claims, said] of [
        [{ exp: 'now' }, 'claims.iat'],
        [{ iat: 'now' }, 'claims.exp'],
        [{ iat: 'now', exp: 'now' }, 'later than iat'],
        [{ iat: 'soon', exp: 'now' }, 'claims.iat'],
      ] as const)
        await expect(sign(claims)).rejects.toMatchObject({
          code: 'step/failed',
          message: expect.stringContaining(said),
        })
      const broken = { iat: 'now', exp: 'now+1h' }
      const refused = await sign(broken, { privateKey: 'canary-not-a-key' }).catch((error: unknown) => error)
      expect(refused).toMatchObject({ code: 'step/failed', message: expect.stringContaining('privateKey') })
      expect(inspect(refused)).not.toContain('canary')
    },
  )
})
