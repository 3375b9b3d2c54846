import password from '@inquirer/password'
import { MainspringError } from '../../errors/index.ts'
import type { ConnectorPlan, CredentialField } from '../../plan/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { Credentials } from './credentials.ts'

/**
 * Asks for credentials, one field after the other, without showing what is typed. Questions go to standard error:
 * standard output is for data.
 *
 * @throws {MainspringError} `call/aborted`: the person gave up
 */
export async function askCredentials(
  { io }: CommandContext,
  connector: ConnectorPlan,
  fields: readonly CredentialField[],
): Promise<Credentials> {
  const answers: Record<string, string> = {}
  for (const field of fields) {
    const message = `${connector.title} ${field.label}:`
    const validate = (value: string) => value.trim() !== '' || `${field.label} is required.`
    const terminal = { input: io.stdin, output: io.stderr, signal: io.signal }
    answers[field.key] = await password(
      { message, validate, mask: false, toggleMask: false },
      terminal,
    ).catch(() => {
      throw new MainspringError('call/aborted', { message: 'No credentials were given.' })
    })
  }
  return answers
}
