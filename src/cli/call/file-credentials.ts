import { createHash } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import type { CredentialSource } from '../../engine/index.ts'
import { CliError } from '../../errors/index.ts'
import type { AuthenticationPlan } from '../../plan/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { Credentials } from './credentials.ts'
import { readCredentialsFile } from './read-credentials.ts'

/**
 * Credentials of a file as the engine keeps them fresh: a token that was renewed is written back, since the refresh token
 * that it was got with may be worthless from then on. Undefined where nothing in the file can be renewed.
 *
 * @param learn - is told of new values before anything else sees them
 */
export function fileCredentials(
  context: CommandContext,
  path: string,
  authentication: AuthenticationPlan | undefined,
  given: Credentials,
  learn: (credentials: Credentials) => void,
): CredentialSource | undefined {
  const renews = authentication?.oauth !== undefined || authentication?.refresh !== undefined
  // Standard input cannot be written back to.
  if (!renews || given['refreshToken'] === undefined || path === '-') return undefined
  const file = context.resolvePath(path)
  const versionNow = async () => versionOf(await readFile(file))
  return {
    key: `file:${file}`,
    read: async () => ({
      credentials: await readCredentialsFile(context, path),
      version: await versionNow(),
    }),
    async update(next, expected) {
      if ((await versionNow()) !== expected) return undefined
      const texts = Object.entries(next.credentials).filter(([, value]) => typeof value === 'string')
      const credentials = Object.fromEntries(texts) as Credentials
      learn(credentials)
      const text = `${JSON.stringify(credentials, undefined, 2)}\n`
      await replace(file, path, text)
      return { ...next, version: versionOf(Buffer.from(text)) }
    },
  }
}

function versionOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('base64url')
}

/** Durable, whole, and for its owner's eyes alone. */
async function replace(file: string, shown: string, text: string): Promise<void> {
  const next = `${file}.${process.pid}.tmp`
  try {
    const handle = await open(next, 'w', 0o600)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(next, file)
  } catch (error) {
    await rm(next, { force: true })
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
    throw new CliError('cli/file', { message: `--credentials: ${shown} cannot be written (${reason}).` })
  }
}
