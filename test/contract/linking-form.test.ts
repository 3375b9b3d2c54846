import { expect } from '@jest/globals'
import { summarizeConnector } from '../../src/catalog/summarize.ts'
import { beginAuthorization } from '../../src/index.ts'
import { makePlan, oauthMethod } from '../engine/auth/make-plan.ts'
import { proves } from './proves.ts'

const method = (more: string, type = 'custom') => `- key:
    type: ${type}
    label: An API key
    environments: [{ key: production, name: Production }]
    authorization: { type: none }
${more.replace(/^(?=.)/gm, '    ')}`
const planOfMethod = (more: string, type?: string) => makePlan('https://api.example.com', method(more, type))
/** What a hub or a page is given of the method. */
const summaryOf = async (more: string, type?: string) =>
  summarizeConnector(await planOfMethod(more, type)).authentications[0]
/** Codes of what is wrong with credentials for these fields. */
async function check(fields: string, credentials: unknown) {
  const [authentication] = (await planOfMethod(`configFields: ${fields}`)).authentications
  const { values, secretValues, problems } = authentication?.checkCredentials(credentials) ?? {}
  return { values, secretValues, problems: problems?.map(({ code, name, message }) => [code, name, message]) }
}

proves('3/type', 'custom needs no exchange, oauth2 and mcp begin one, apikey is as custom', async () => {
  const begin = async (authentication: string) => {
    const plan = await makePlan('https://api.example.com', authentication)
    const redirectUri = 'https://hub.example.com/callback'
    return beginAuthorization(plan, { redirectUri, setup: { clientId: 'c', clientSecret: 'secret-1234' } })
  }
  for (const type of ['custom', 'apikey'])
    await expect(begin(method('', type))).rejects.toMatchObject({ code: 'auth/unsupported-flow' })
  expect((await begin(oauthMethod('https://login.example.com'))).url).toMatch(
    /^https:\/\/login\.example\.com\/auth\?/,
  )
  // Discovery, which only `mcp` does, goes out and is stopped at the border.
  const flow = 'authorizationFlow: { serverUrl: "http://127.0.0.1:1/mcp", clientRegistration: dcr }'
  await expect(begin(method(flow, 'mcp'))).rejects.toMatchObject({ code: 'policy/address-not-allowed' })
})

proves('3/label', 'people are shown it', async () => {
  expect(await summaryOf('')).toMatchObject({ key: 'key', label: 'An API key' })
})

proves('3/configFields', 'they are asked for in their order, and checked before a call', async () => {
  const fields =
    '[{ key: site, label: Site, type: text, required: true }, { key: token, label: Token, type: password, required: true }]'
  expect((await summaryOf(`configFields: ${fields}`))?.configFields.map(({ key }) => key)).toEqual([
    'site',
    'token',
  ])
  expect((await check(fields, { site: 'x' })).problems).toEqual([
    ['auth/missing-credential', 'token', 'Token (token) is required.'],
  ])
})

proves(
  '3/field-types',
  'a select takes its options, a text area lines, and a password is secret',
  async () => {
    const fields = (type: string, more = '') => `[{ key: f, label: F, type: ${type}${more} }]`
    const select = fields(
      'select',
      ', options: [{ value: eu, label: Europe }, { value: us, label: America }]',
    )
    expect((await check(select, { f: 'eu' })).problems).toEqual([])
    expect((await check(select, { f: 'asia' })).problems).toMatchObject([
      ['auth/invalid-credential', 'f', expect.any(String)],
    ])
    expect((await check(fields('text_area'), { f: 'a\nb' })).problems).toEqual([])
    expect((await check(fields('text'), { f: 'a\nb' })).problems).toMatchObject([
      ['auth/invalid-credential', 'f', expect.any(String)],
    ])
    expect((await check(fields('text', ', secret: false'), { f: 'open-value' })).secretValues).toEqual([])
    expect((await check(fields('password'), { f: 'closed-value' })).secretValues).toEqual(['closed-value'])
  },
)

proves('3/field-validation', 'a pattern or a format, with the words of the author', async () => {
  const field = (validation: string) => `[{ key: f, label: F, type: text, validation: ${validation} }]`
  const pattern = field("{ pattern: '^[a-z]+$', errorMessage: 'Small letters only.' }")
  expect((await check(pattern, { f: 'abc' })).problems).toEqual([])
  expect((await check(pattern, { f: 'ABC' })).problems).toEqual([
    ['auth/invalid-credential', 'f', 'F (f) is not valid: Small letters only.'],
  ])
  for (const [format, good, bad] of [
    ['email', 'a@b.example', 'a@b'],
    ['url', 'https://x.example/y', 'ftp://x'],
    ['uuid', '00000000-0000-4000-8000-000000000000', '0'],
    ['date', '2026-01-31', '31.01.2026'],
  ]) {
    const counts = [good, bad].map(
      async (f) => (await check(field(`{ format: ${format} }`), { f })).problems?.length,
    )
    expect([format, ...(await Promise.all(counts))]).toEqual([format, 0, 1])
  }
})

proves(
  '3/field-attributes',
  'required and secret are kept to; placeholder, description and tooltip are shown',
  async () => {
    const fields =
      '[{ key: f, label: F, type: text, required: true, secret: true, placeholder: abc, description: Where it is, tooltip: More }]'
    expect((await summaryOf(`configFields: ${fields}`))?.configFields[0]).toMatchObject({
      required: true,
      secret: true,
      placeholder: 'abc',
      description: 'Where it is',
      tooltip: 'More',
    })
    expect((await check(fields, {})).problems).toHaveLength(1)
    expect((await check(fields, { f: 'hidden-value' })).secretValues).toEqual(['hidden-value'])
  },
)

proves('3/field-value', 'a value holds where none is given; read-only, whatever is given', async () => {
  const field = (more: string) => `[{ key: f, label: F, type: text, required: true, value: preset${more} }]`
  expect((await check(field(''), {})).values).toEqual({ f: 'preset' })
  expect((await check(field(''), { f: 'typed' })).values).toEqual({ f: 'typed' })
  expect((await check(field(', readOnly: true'), { f: 'typed' })).values).toEqual({ f: 'preset' })
  expect((await summaryOf(`configFields: ${field(', readOnly: true')}`))?.configFields[0]).toMatchObject({
    value: 'preset',
    readOnly: true,
  })
})

proves('3/field-account-identifier', 'hosts are told which field it is', async () => {
  const fields =
    '[{ key: site, label: Site, type: text, externalSystemAccountIdentifier: true }, { key: b, label: B, type: text }]'
  const summary = await summaryOf(`configFields: ${fields}`)
  expect(summary?.configFields.map((field) => field.externalSystemAccountIdentifier)).toEqual([
    true,
    undefined,
  ])
})

proves(['3/configNotices', '3/setupNotices'], 'forms are given them with kind, place and field', async () => {
  const summary = await summaryOf(`configNotices:
  - { key: a, type: warning, description: Ask an administrator., position: top, anchor: site }
  - { description: That is all., position: bottom }
setupNotices: [{ type: info, description: Register an app. }]`)
  expect(summary?.configNotices).toEqual([
    { key: 'a', type: 'warning', description: 'Ask an administrator.', position: 'top', anchor: 'site' },
    { type: 'info', description: 'That is all.', position: 'bottom' },
  ])
  expect(summary?.setupNotices).toEqual([{ type: 'info', description: 'Register an app.', position: 'top' }])
})

proves('3/support', 'people are given link, description and guides', async () => {
  const support = {
    link: 'https://help.example.com',
    description: 'Ask us.',
    guides: { config: 'https://help.example.com/link', setup: 'https://help.example.com/setup' },
  }
  expect((await summaryOf(`support: ${JSON.stringify(support)}`))?.support).toEqual(support)
})
