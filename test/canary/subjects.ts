import { generateKeyPairSync, randomInt } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { type ConnectorPlan, compileConnector, loadConnector } from '../../src/index.ts'
import { makePlan } from '../engine/auth/make-plan.ts'

/** A connector with one of its authentication methods, and an account whose every secret is marked. */
export interface Subject {
  /** `clockwork.api_key`. */
  readonly name: string
  readonly plan: ConnectorPlan
  readonly authentication: string
  readonly setup: Readonly<Record<string, string>>
  readonly credentials: Readonly<Record<string, string>>
  /** By the name of the credential. */
  readonly secrets: Readonly<Record<string, string>>
}

/** Each shipped connector with each of its methods. */
export async function shippedSubjects(): Promise<Subject[]> {
  const subjects: Subject[] = []
  for (const name of readdirSync('connectors')) {
    const { model } = await loadConnector(`connectors/${name}`)
    if (model === null) throw new Error(`The connector ${name} does not load.`)
    subjects.push(...subjectsOf(compileConnector(model)))
  }
  return subjects
}

const field = (key: string, secret = true) =>
  `{ key: ${key}, label: ${key}, type: ${secret ? 'password' : 'text'}, required: true, secret: ${secret} }`
const environments = 'environments: [{ key: production, name: P }]'
const custom = (keys: readonly string[], authorization: string, more = '') =>
  `- key: { type: custom, label: K, ${environments}, configFields: [${keys.map((key) => field(key)).join(', ')}], authorization: ${authorization}${more} }`

const step = (functionName: string, parameters: string, stepId = 'get') =>
  `      - stepId: ${stepId}
        description: d
        stepFunction:
          functionName: ${functionName}
          parameters: ${parameters}`
const action = (steps: string, id = 'list_people', data = '$.steps.get.output.data') => `  - actionId: ${id}
    label: List
    description: Lists.
    categories: [ats]
    actionType: custom
    steps:
${steps}
    result: { data: ${data} }`
const list = action(step('request', '{ url: /people, method: get, response: { dataKey: people } }'))
const create = action(
  step('request', '{ url: /people, method: post, args: [{ name: a, value: b, in: body }] }'),
  'create_person',
)
const both = `${list}\n${create}`

/** Every way in which the engine authenticates, made up where no shipped connector has it. */
const schemes: Readonly<Record<string, readonly [method: string, actions: string]>> = {
  basic: [
    custom(['user', 'word'], '{ type: basic, username: $.credentials.user, password: $.credentials.word }'),
    both,
  ],
  'basic of a transformed key': [
    custom(['word'], '{ type: basic, username: me, password: "{{encodeBase64(credentials.word)}}" }'),
    both,
  ],
  bearer: [custom(['token'], '{ type: bearer, token: $.credentials.token }'), both],
  'bearer of pieces, encoded': [
    custom(
      ['key', 'word'],
      '{ type: bearer, token: "{{encodeBase64(credentials.key + \':\' + credentials.word)}}" }',
    ),
    both,
  ],
  'bare token': [
    custom(['token'], '{ type: bearer, token: $.credentials.token, includeBearer: false }'),
    both,
  ],
  header: [custom(['key'], '{ type: apiKey, key: x-key, value: $.credentials.key, in: header }'), both],
  query: [custom(['key'], '{ type: apiKey, key: key, value: $.credentials.key, in: query }'), both],
  'declared header and query': [
    custom(
      ['key', 'word'],
      '{ type: none }',
      ', x-mainspring: { headers: [{ name: Authorization, value: "Token ${encodeBase64($.credentials.key)}" }], query: [{ name: w, value: "a-${credentials.word}" }] }',
    ),
    both,
  ],
  arguments: [
    custom(['key', 'word', 'pin', 'path'], '{ type: none }'),
    action(
      step(
        'request',
        `
            url: /people/\${credentials.path}
            method: post
            response: { dataKey: people }
            args:
              - { name: x-key, value: "Key \${credentials.key}", in: headers }
              - { name: word, value: "{{encodeBase64(credentials.word)}}", in: query }
              - { name: pin, value: "{{encodeBase64(credentials.pin + ':' + credentials.word)}}", in: body }`,
      ),
    ),
  ],
  'form body': [
    custom(['key'], '{ type: none }'),
    action(
      step(
        'request',
        '{ url: /people, method: post, args: [{ name: Content-Type, value: application/x-www-form-urlencoded, in: headers }, { name: key, value: $.credentials.key, in: body }] }',
      ),
    ),
  ],
  aws4: [
    custom(
      ['accessKeyId', 'secretAccessKey', 'sessionToken'],
      '{ type: none, signing: { strategy: aws4, service: s3 } }',
    ),
    both,
  ],
  hmac: [custom(['secretKey'], '{ type: none, signing: { strategy: hmac } }'), both],
  'hmac as basic': [
    custom(['secretKey'], '{ type: none, signing: { strategy: hmac, outputFormat: basic, username: u } }'),
    both,
  ],
  'signed token': [
    custom(['privateKey', 'issuer'], '{ type: none }'),
    action(
      `${step('sign_jwt', "{ algorithm: RS256, privateKey: $.credentials.privateKey, claims: { iss: $.credentials.issuer, iat: now, exp: 'now+10m' } }", 'sign')}
${step('request', '{ url: /people, method: post, response: { dataKey: people }, args: [{ name: Authorization, value: "Bearer ${steps.sign.output.token}", in: headers }] }')}`,
    ),
  ],
  saml: [
    custom(['bareKey', 'clientId'], '{ type: none }'),
    action(
      step(
        'request',
        '{ url: /token, method: post, args: [{ name: grant_type, value: saml2-bearer, in: body }], saml: { objectKey: assertion, key: $.credentials.bareKey, clientId: $.credentials.clientId, issuer: a.example, nameId: n, audience: b.example, lifetime: 300, tokenEndpoint: https://api.example.com/token } }',
      ),
    ),
  ],
  mcp: [
    custom(['token'], '{ type: bearer, token: $.credentials.token }'),
    action(step('mcp_request', '{ url: /mcp, method: tools/call, toolName: search }')),
  ],
}

/** @param origin - of token endpoints and base URLs, which no call goes to */
export async function schemeSubjects(origin: string): Promise<Subject[]> {
  const subjects: Subject[] = []
  for (const [name, [method, actions]] of Object.entries(schemes)) {
    const [subject] = subjectsOf(await makePlan(origin, method, '', actions))
    if (subject !== undefined) subjects.push({ ...subject, name })
  }
  return subjects
}

/** The account that a method's fields ask for. */
export function subjectsOf(plan: ConnectorPlan): Subject[] {
  return plan.authentications.map((method) => {
    const secrets: Record<string, string> = {}
    const valuesOf = (fields: readonly { readonly key: string; readonly secret: boolean }[]) =>
      Object.fromEntries(
        fields.map(({ key, secret }) => {
          if (!secret) return [key, openValue(key)]
          secrets[key] = keys[key] ?? marked(Object.keys(secrets).length)
          return [key, secrets[key]]
        }),
      ) as Record<string, string>
    const setup = valuesOf(method.setupFields)
    const credentials = valuesOf(method.configFields)
    if (method.oauth !== undefined || method.mcp !== undefined)
      for (const key of ['accessToken', 'refreshToken']) {
        secrets[key] = marked(Object.keys(secrets).length)
        credentials[key] = secrets[key]
      }
    return {
      name: `${plan.key}.${method.key}`,
      plan,
      authentication: method.key,
      setup,
      credentials,
      secrets,
    }
  })
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'
const { privateKey: pem } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
/** In one line, as a form field keeps it. */
const keys: Readonly<Record<string, string>> = {
  privateKey: pem.replaceAll('\n', '\\n'),
  bareKey: pem.replace(/-----[^-]+-----|\s/g, ''),
}

/** Letters and digits, or with all that is written otherwise somewhere; never twice the same. */
function marked(index: number): string {
  const part = (length: number) => Array.from({ length }, () => letters[randomInt(letters.length)]).join('')
  return index % 2 === 0 ? part(26) : `${part(12)}"/é+<&~>'=\\ ${part(13)}`
}

/** What the shipped connectors ask for that is no secret. */
function openValue(key: string): string {
  const known: Readonly<Record<string, string>> = {
    firmName: 'acme',
    tenant: 'acme',
    host: 'acme.workday.com',
    username: 'isu@acme',
  }
  return known[key] ?? 'open-value'
}
