import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { CliError } from '../../errors/index.ts'

const run = promisify(execFile)
const maxBytes = 256 * 1024 * 1024

/** The files of a folder as they were in a revision, in a folder of their own. */
export interface RevisionFolder {
  readonly path: string
  /** Undefined where the revision holds nothing there. */
  readonly found: boolean
  remove(): Promise<void>
}

/**
 * Takes a path out of a revision of git, without touching the working tree.
 *
 * @throws {CliError} `cli/usage`: no repository, or no such revision
 */
export async function readRevision(path: string, revision: string): Promise<RevisionFolder> {
  const folder = dirname(
    await realpath(join(path, '.')).then(
      (real) => join(real, 'x'),
      () => path,
    ),
  )
  const git = (...args: string[]) =>
    run('git', ['-C', folder, ...args], { maxBuffer: maxBytes, encoding: 'buffer' }).then(
      ({ stdout }) => stdout,
    )
  const top = (await git('rev-parse', '--show-toplevel').catch(() => undefined))?.toString().trim()
  if (top === undefined)
    throw new CliError('cli/usage', {
      message: `${path} is in no repository of git.`,
      hint: 'Name two folders instead.',
    })
  // A name that begins with a dash would be read as an option.
  const commit = (
    await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`).catch(
      () => undefined,
    )
  )
    ?.toString()
    .trim()
  if (commit === undefined)
    throw new CliError('cli/usage', {
      message: `The repository has no revision "${revision}".`,
      hint: 'Name a branch, a tag or a commit; a shallow clone may have to fetch it first.',
    })
  const inside = relative(top, await realpath(path).catch(() => path)) || '.'
  const listing = await git('-C', top, 'ls-tree', '-r', '-z', '--name-only', commit, '--', inside)
  const files = listing
    .toString()
    .split('\0')
    .filter((file) => file.endsWith('.yaml'))
  const target = await mkdtemp(join(tmpdir(), 'mainspring-diff-'))
  try {
    for (const file of files) {
      const place = join(target, file)
      await mkdir(dirname(place), { recursive: true })
      await writeFile(place, await git('-C', top, 'show', `${commit}:${file}`))
    }
  } catch (error) {
    await rm(target, { recursive: true, force: true })
    throw error
  }
  return {
    path: join(target, inside),
    found: files.length > 0,
    remove: () => rm(target, { recursive: true, force: true }),
  }
}
