import { AuthError, CliError, type InputProblem } from '../../errors/index.ts'
import type { AuthenticationPlan, ConnectorPlan, CredentialField } from '../../plan/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { Credentials } from './credentials.ts'
import { readJsonObject } from './read-json-file.ts'

/**
 * The way to authenticate that a call names, or the connector's first.
 *
 * @throws {AuthError} `auth/unknown-method`
 */
export function chooseAuthentication(connector: ConnectorPlan, key?: string): AuthenticationPlan | undefined {
  if (key === undefined) return connector.authentications[0]
  const found = connector.authentications.find((authentication) => authentication.key === key)
  if (found !== undefined) return found
  const known = connector.authentications.map((authentication) => authentication.key)
  throw new AuthError('auth/unknown-method', {
    message: `${connector.title} has no way to authenticate "${key}".`,
    hint: `Use one of: ${known.join(', ')}.`,
  })
}

/**
 * A flat JSON object of texts.
 *
 * @throws {CliError} `cli/file`; never with a value in it
 */
export async function readCredentialsFile(context: CommandContext, path: string): Promise<Credentials> {
  const values = await readJsonObject(context, path, '--credentials')
  const odd = Object.entries(values).filter(([, value]) => typeof value !== 'string')
  if (odd.length > 0) {
    const keys = odd.map(([key]) => key).join(', ')
    throw new CliError('cli/file', {
      message: `--credentials: ${path} must hold texts alone; not so: ${keys}.`,
    })
  }
  return values as Credentials
}

/** The fields that the environment holds; an empty variable counts as none. */
export function readCredentialsFromEnvironment(
  context: CommandContext,
  connector: ConnectorPlan,
  authentication: AuthenticationPlan | undefined,
): Credentials {
  const found = fieldsOf(authentication).map(({ key }) => [
    key,
    context.io.env[variableName(connector.key, key)],
  ])
  return Object.fromEntries(found.filter(([, value]) => value !== undefined && value !== ''))
}

/**
 * The environment's credentials; what is missing is asked for where a person sits at the terminal.
 *
 * @throws {AuthError} `auth/missing-credential`: all missing fields, and the ways to give them
 */
export async function findCredentials(
  context: CommandContext,
  connector: ConnectorPlan,
  authentication: AuthenticationPlan | undefined,
): Promise<Credentials> {
  const known = readCredentialsFromEnvironment(context, connector, authentication)
  const missing = (authentication?.configFields ?? []).filter(
    ({ key, required }) => required && known[key] === undefined,
  )
  if (missing.length === 0) return known
  if (!context.io.terminal.stdin || !context.io.terminal.stderr) throw missingError(connector, missing)
  const { askCredentials } = await import('./ask-credentials.ts')
  return { ...known, ...(await askCredentials(context, connector, missing)) }
}

/** `MAINSPRING_ACME_API_KEY` for the field `apiKey` of `acme`. */
export function variableName(connector: string, field: string): string {
  const snake = field.replace(/([a-z\d])([A-Z])/g, '$1_$2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
  return `MAINSPRING_${connector}_${snake}`.replace(/[^A-Za-z\d]+/g, '_').toUpperCase()
}

function fieldsOf(authentication: AuthenticationPlan | undefined): readonly CredentialField[] {
  return authentication === undefined ? [] : [...authentication.configFields, ...authentication.setupFields]
}

function missingError(connector: ConnectorPlan, missing: readonly CredentialField[]): AuthError {
  const problems = missing.map(
    ({ key, label }): InputProblem => ({
      code: 'auth/missing-credential',
      name: key,
      message: `${key} (${label}) is missing.`,
    }),
  )
  const variables = missing.map(({ key }) => variableName(connector.key, key)).join(', ')
  return new AuthError(
    'auth/missing-credential',
    {
      message: `Credentials of ${connector.title} are missing: ${missing.map(({ key }) => key).join(', ')}.`,
      hint: `Give them in a file (--credentials <file>), in the environment (${variables}), or run the command at a terminal to be asked. \`--sandbox\` needs none.`,
    },
    problems,
  )
}
