import { HubError } from '../hub-error.ts'
import { type ConfigFile, configSchema } from './parse-config-file.ts'

/** Settings that stand in no file: they are secret. */
export interface SecretSettings {
  readonly databaseUrl?: string
  readonly masterKey?: string
  readonly apiKey?: string
}

export const secretVariables = {
  databaseUrl: {
    variable: 'DATABASE_URL',
    description:
      'A PostgreSQL database, `postgres://user:password@host/name`, instead of the file in the data folder.',
  },
  masterKey: {
    variable: 'MAINSPRING_MASTER_KEY',
    description:
      'The master key itself, 32 bytes in base64, instead of a file. Several, one a line: the first seals, all open.',
  },
  apiKey: {
    variable: 'MAINSPRING_API_KEY',
    description: 'The first API key, of at least 20 characters. Without it one is made at the first start.',
  },
} as const satisfies Record<keyof SecretSettings, { readonly variable: string; readonly description: string }>

const shortestApiKey = 20

/** @throws {HubError} `hub/config-invalid`, naming every variable that cannot be. Values are never told. */
export function readVariables(env: Readonly<Record<string, string | undefined>>): {
  readonly settings: ConfigFile
  readonly secrets: SecretSettings
} {
  const { schema, check } = configSchema()
  const problems: string[] = []
  const settings: Record<string, unknown> = {}
  for (const [key, property] of Object.entries(schema.properties)) {
    const variable = property['x-variable']
    const text = typeof variable === 'string' ? env[variable] : undefined
    if (text === undefined || text === '') continue
    const value = convert(text, property['type'])
    if (!check({ [key]: value })) problems.push(`${variable}: ${check.errors?.[0]?.message ?? 'cannot be'}`)
    else settings[key] = value
  }
  const secrets: Record<string, string> = {}
  for (const [key, { variable }] of Object.entries(secretVariables)) {
    const text = env[variable]
    if (text !== undefined && text !== '') secrets[key] = text
  }
  if (secrets['databaseUrl'] !== undefined && !/^postgres(?:ql)?:\/\//.test(secrets['databaseUrl']))
    problems.push('DATABASE_URL: has to begin with postgres:// or postgresql://')
  if (secrets['apiKey'] !== undefined && !isApiKey(secrets['apiKey']))
    problems.push(
      `MAINSPRING_API_KEY: has to be at least ${shortestApiKey} visible characters without a colon`,
    )
  if (problems.length > 0)
    throw new HubError('hub/config-invalid', {
      message: `The environment cannot be used. ${problems.join('. ')}.`,
    })
  return { settings, secrets }
}

/** The user name of Basic authentication ends at the first colon. */
function isApiKey(text: string): boolean {
  return text.length >= shortestApiKey && /^[\x21-\x39\x3b-\x7e]+$/.test(text)
}

function convert(text: string, type: unknown): unknown {
  // Numbers among them are told by their form: no network is one.
  if (type === 'array')
    return text
      .split(/[\s,]+/)
      .filter((entry) => entry !== '')
      .map((entry) => convert(entry, 'integer'))
  if (type === 'integer') return /^\d+$/.test(text) ? Number(text) : text
  if (type === 'boolean')
    return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text
  return text
}
