import { readFileSync } from 'node:fs'
import { isAbsolute, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Catalog } from '../catalog/index.ts'
import { CliError, DefinitionError } from '../errors/index.ts'
import type { CliIo } from './cli-io.ts'
import type { Console } from './console/console.ts'
import { type Rooms, realRooms } from './rooms.ts'

/** What every command works with. */
export interface CommandContext {
  readonly io: CliIo
  readonly console: Console
  readonly rooms: Rooms
  /** Of Mainspring. */
  readonly version: string
  /** The folder of `--connectors`, or the one of the package; absolute. */
  readonly connectorsFolder: string
  /**
   * @throws {CliError} `cli/usage`: the folder named holds no connector
   */
  openCatalog(): Promise<Catalog>
  /** A path of the command line, absolute. */
  resolvePath(path: string): string
  /** A path as a person in this folder would write it. */
  displayPath(path: string): string
  /** The same context, with the options of the command known. */
  with(options: { readonly connectors?: string }): CommandContext
}

/** @returns the exit code; 0 where it gives none */
export type CommandHandler = (
  context: CommandContext,
  args: never,
  options: never,
) => Promise<number> | Promise<void>

export function createContext(io: CliIo, console: Console, connectors?: string): CommandContext {
  const rooms = { ...realRooms, ...io.rooms }
  const resolvePath = (path: string) => resolve(io.cwd, path)
  const connectorsFolder =
    connectors === undefined
      ? fileURLToPath(new URL('../../connectors', import.meta.url))
      : resolvePath(connectors)

  return {
    io,
    console,
    rooms,
    version: packageVersion(),
    connectorsFolder,
    resolvePath,
    displayPath(path) {
      const near = relative(io.cwd, path)
      return near.startsWith('..') || isAbsolute(near) ? path : near || '.'
    },
    async openCatalog() {
      const { openCatalog } = await rooms.catalog()
      return openCatalog(connectorsFolder).catch((thrown: unknown) => {
        if (!(thrown instanceof DefinitionError) || thrown.code !== 'definition/not-found') throw thrown
        throw new CliError('cli/usage', { message: thrown.message, hint: 'Name a folder with --connectors.' })
      })
    },
    with: (options) => createContext(io, console, options.connectors),
  }
}

function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version
}
