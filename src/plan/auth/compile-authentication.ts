import type { InputProblem } from '../../errors/index.ts'
import { isRecord, textsWithin } from '../../http/index.ts'
import type { Compiler, DefinitionPath } from '../compiler.ts'
import type {
  AuthenticationPlan,
  CheckedCredentials,
  CredentialField,
  LinkingGuide,
  MethodSupport,
} from '../connector-plan.ts'
import { compileCertificates } from '../request/compile-certificates.ts'
import { compileAuthorization, compileDeclaredParts } from './compile-authorization.ts'
import { compileNotices } from './compile-notices.ts'
import { compileMcpAuthorization, compileOAuth, listScopes } from './compile-oauth.ts'
import { checkCredential, compileCredentialField } from './credential-field.ts'
import type { DiagnosisRule } from './oauth-plan.ts'

/** What an authentication method says by itself; its actions are compiled once all methods are known. */
export type AuthenticationBase = Omit<AuthenticationPlan, 'testActions' | 'refresh'>

/** Compiles one entry of `authentication`, without the actions in it. */
export function compileAuthentication(
  key: string,
  entry: Readonly<Record<string, unknown>>,
  compiler: Compiler,
  at: DefinitionPath,
): AuthenticationBase {
  const fields = (name: string): CredentialField[] =>
    (Array.isArray(entry[name]) ? entry[name] : []).flatMap((field: unknown, index) =>
      isRecord(field) ? [compileCredentialField(field, compiler, [...at, name, index])] : [],
    )
  const configFields = fields('configFields')
  const setupFields = fields('setupFields')
  const isSecret = (credential: string) => isSecretCredential(credential, [...configFields, ...setupFields])
  const extension = isRecord(entry['x-mainspring']) ? entry['x-mainspring'] : {}
  const support = isRecord(entry['support']) ? entry['support'] : undefined
  const base = compileAuthorization(entry['authorization'], compiler, [...at, 'authorization'])
  const environments = (Array.isArray(entry['environments']) ? entry['environments'] : []).filter(isRecord)
  return {
    key,
    label: typeof entry['label'] === 'string' ? entry['label'] : key,
    type: typeof entry['type'] === 'string' ? entry['type'] : 'custom',
    environments:
      environments.length > 0
        ? environments.map((environment) => ({
            key: String(environment['key']),
            name: String(environment['name'] ?? environment['key']),
          }))
        : [{ key: 'production', name: 'Production' }],
    configFields,
    setupFields,
    ...defined('configNotices', compileNotices(entry['configNotices'])),
    ...defined('setupNotices', compileNotices(entry['setupNotices'])),
    ...(support === undefined ? {} : { support: compileSupport(support) }),
    ...(isRecord(extension['guide']) ? { guide: extension['guide'] as unknown as LinkingGuide } : {}),
    ...defined('certificates', compileCertificates(entry['certificates'], compiler, [...at, 'certificates'])),
    ...defined('oauth', compileOAuth(entry, compiler, at, isSecret)),
    ...defined('mcp', compileMcpAuthorization(entry, compiler, at)),
    requiredScopes: listScopes(entry['requiredScopes']),
    diagnose: readDiagnosis(extension['diagnose']),
    authorization: compileDeclaredParts(extension, base, compiler, [...at, 'x-mainspring']),
    checkCredentials: compileCredentialCheck(configFields, setupFields),
  }
}

/** What an exchange keeps about a server that is no secret: masking an address would spoil every message about it. */
const openCredentials: ReadonlySet<string> = new Set([
  'tokenEndpoint',
  'issuer',
  'resource',
  'tokenType',
  'scope',
])

/**
 * A credential is secret unless its field says otherwise: those that a token exchange adds have no field.
 */
export function isSecretCredential(key: string, fields: readonly CredentialField[]): boolean {
  const field = fields.find((candidate) => candidate.key === key)
  return field === undefined ? !openCredentials.has(key) : field.secret
}

function compileCredentialCheck(
  config: readonly CredentialField[],
  setup: readonly CredentialField[],
): AuthenticationPlan['checkCredentials'] {
  // The integrator's fields serve the token exchange; a run can do without them.
  const fields = [...config, ...setup.map((field) => ({ ...field, required: false }))]
  const open = new Set(fields.filter((field) => !isSecretCredential(field.key, fields)).map(({ key }) => key))
  return (credentials): CheckedCredentials => {
    if (credentials !== undefined && !isRecord(credentials)) {
      const problem: InputProblem = {
        code: 'auth/invalid-credential',
        name: '',
        message: 'The credentials must be an object of keys and values.',
      }
      return { values: {}, secretValues: [], problems: [problem] }
    }
    const values: Record<string, unknown> = { ...credentials }
    const problems: InputProblem[] = []
    for (const field of fields) {
      const checked = checkCredential(field, values[field.key])
      if ('code' in checked) problems.push(checked)
      else if (checked.value !== undefined) values[field.key] = checked.value
    }
    const secretValues: string[] = []
    for (const [key, value] of Object.entries(values))
      if (!open.has(key)) secretValues.push(...textsWithin(value))
    return { values, secretValues, problems }
  }
}

function compileSupport(support: Readonly<Record<string, unknown>>): MethodSupport {
  const guides = isRecord(support['guides']) ? pickTexts(support['guides'], ['config', 'setup']) : {}
  return {
    ...pickTexts(support, ['link', 'description']),
    ...(Object.keys(guides).length === 0 ? {} : { guides }),
  }
}

function readDiagnosis(list: unknown): DiagnosisRule[] {
  return (Array.isArray(list) ? list : []).filter(isRecord).map((rule) => ({
    ...(typeof rule['status'] === 'number' ? { status: rule['status'] } : {}),
    ...pickTexts(rule, ['code', 'message', 'hint']),
    fields: Array.isArray(rule['fields']) ? rule['fields'].map(String) : [],
  }))
}

function defined<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value })
}

function pickTexts(
  source: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    keys.flatMap((key) => (typeof source[key] === 'string' ? [[key, source[key]]] : [])),
  )
}
