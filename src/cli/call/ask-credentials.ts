import { Writable } from 'node:stream'
import password from '@inquirer/password'
import type { ConnectorPlan, CredentialField } from '../../plan/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { Credentials } from './credentials.ts'
import { Interrupted } from './interrupted.ts'

/**
 * Asks for credentials, one field after the other, without showing what is typed. Questions go to standard error:
 * standard output is for data.
 *
 * @throws {Interrupted} the person gave up
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
    const terminal = { input: io.stdin, output: openEnded(io.stderr), signal: io.signal }
    try {
      answers[field.key] = await password({ message, validate, mask: false, toggleMask: false }, terminal)
    } catch {
      // It rejects for Ctrl-C, for a closed input and for the signal: nobody answers any more.
      throw new Interrupted()
    }
  }
  return answers
}

/** The prompt ends its output after each question; standard error is needed further. */
export function openEnded(stream: Writable): Writable {
  return new Writable({
    write(chunk, encoding, done) {
      stream.write(chunk, encoding, done)
    },
  })
}
