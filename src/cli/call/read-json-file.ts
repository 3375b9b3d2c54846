import { readFile } from 'node:fs/promises'
import { addAbortSignal } from 'node:stream'
import { text as readAll } from 'node:stream/consumers'
import { CliError } from '../../errors/index.ts'
import { readExactJson } from '../../http/index.ts'
import type { CommandContext } from '../command-context.ts'
import { Interrupted } from './interrupted.ts'

/**
 * The JSON object in a file; `-` reads standard input where that is allowed. Errors never quote the content: it may
 * be secret.
 *
 * @param what - the option, as errors name it
 * @throws {CliError} `cli/file`
 * @throws {Interrupted} while it waited for standard input
 */
export async function readJsonObject(
  context: CommandContext,
  path: string,
  what: string,
): Promise<Readonly<Record<string, unknown>>> {
  const shown = path === '-' ? 'standard input' : path
  const text = await readText(context, path).catch((error: NodeJS.ErrnoException) => {
    if (context.io.signal.aborted) throw new Interrupted()
    throw new CliError('cli/file', {
      message: `${what}: ${shown} cannot be read (${error.code ?? 'unknown reason'}).`,
    })
  })
  const value = parseJson(text.replace(/^\uFEFF/, ''))
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>
  }
  throw new CliError('cli/file', { message: `${what}: ${shown} does not hold a JSON object.` })
}

function readText({ io, resolvePath }: CommandContext, path: string): Promise<string> {
  if (path !== '-') return readFile(resolvePath(path), { encoding: 'utf8', signal: io.signal })
  return readAll(addAbortSignal(io.signal, io.stdin))
}

/** Large integers as `bigint`. @returns undefined where the text is not JSON */
export function parseJson(text: string): unknown {
  try {
    return readExactJson(text)
  } catch {
    return undefined
  }
}
