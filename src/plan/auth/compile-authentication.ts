import type { InputProblem } from '../../errors/index.ts'
import { isRecord } from '../../http/index.ts'
import type { Compiler, DefinitionPath } from '../compiler.ts'
import type {
  AuthenticationPlan,
  CheckedCredentials,
  CredentialField,
  LinkingGuide,
} from '../connector-plan.ts'
import { compileAuthorization, compileDeclaredParts } from './compile-authorization.ts'
import { checkCredential, compileCredentialField } from './credential-field.ts'

/** Compiles one entry of `authentication`. */
export function compileAuthentication(
  key: string,
  entry: Readonly<Record<string, unknown>>,
  compiler: Compiler,
  at: DefinitionPath,
): AuthenticationPlan {
  const fields = (name: string): CredentialField[] =>
    (Array.isArray(entry[name]) ? entry[name] : []).flatMap((field: unknown, index) =>
      isRecord(field) ? [compileCredentialField(field, compiler, [...at, name, index])] : [],
    )
  const configFields = fields('configFields')
  const setupFields = fields('setupFields')
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
    ...(support === undefined ? {} : { support: pickTexts(support, ['link', 'description']) }),
    ...(isRecord(extension['guide']) ? { guide: extension['guide'] as unknown as LinkingGuide } : {}),
    testActions: listTestActions(entry['testActions']),
    authorization: compileDeclaredParts(extension, base, compiler, [...at, 'x-mainspring']),
    checkCredentials: (credentials) => checkCredentials(credentials, configFields, setupFields),
  }
}

/**
 * A credential is secret unless its field says otherwise: those that a token exchange adds have no field.
 */
export function isSecretCredential(key: string, fields: readonly CredentialField[]): boolean {
  const field = fields.find((candidate) => candidate.key === key)
  return field === undefined || field.secret
}

function checkCredentials(
  credentials: unknown,
  config: readonly CredentialField[],
  setup: readonly CredentialField[],
): CheckedCredentials {
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
  // The integrator's fields serve the token exchange; a run can do without them.
  const optional = setup.map((field) => ({ ...field, required: false }))
  for (const field of [...config, ...optional]) {
    const checked = checkCredential(field, values[field.key])
    if ('code' in checked) problems.push(checked)
    else if (checked.value !== undefined) values[field.key] = checked.value
  }
  const fields = [...config, ...setup]
  const secretValues = Object.entries(values).flatMap(([key, value]) =>
    typeof value === 'string' && value !== '' && isSecretCredential(key, fields) ? [value] : [],
  )
  return { values, secretValues, problems }
}

function listTestActions(list: unknown): { actionId: string; required: boolean }[] {
  if (!Array.isArray(list)) return []
  return list.filter(isRecord).flatMap((entry) => {
    const action = entry['action']
    const actionId = typeof action === 'string' ? action : isRecord(action) ? action['actionId'] : undefined
    return typeof actionId === 'string' ? [{ actionId, required: entry['required'] === true }] : []
  })
}

function pickTexts(
  source: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    keys.flatMap((key) => (typeof source[key] === 'string' ? [[key, source[key]]] : [])),
  )
}
