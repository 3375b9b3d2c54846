import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CliError } from '../../errors/index.ts'
import {
  type AuthenticationKind,
  authenticationKinds,
  type NewConnector,
  newConnector,
} from '../../scaffold/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { InitCommandOptions } from '../program/init-command.ts'

/** Writes a new connector, whole or not at all. */
export async function execute(
  context: CommandContext,
  [key]: readonly [string],
  options: InitCommandOptions,
): Promise<void> {
  const { console, displayPath, resolvePath } = context
  if (!/^[a-z][a-z\d]*$/.test(key))
    throw usage(`"${key}" cannot be a key.`, 'Take small letters and digits, beginning with a letter: acme.')
  const parent = resolvePath(options.folder ?? 'connectors')
  const folder = join(parent, key)
  if (await exists(folder))
    throw usage(`${displayPath(folder)} exists already.`, 'Choose another key or --folder.')
  const connector = {
    ...(await describeConnector(context, key, options)),
    ...schemasFrom(folder, context.io.cwd),
  }
  const draft = `${folder}.new-${process.pid}`
  try {
    await mkdir(draft, { recursive: true })
    for (const { name, content } of newConnector(connector)) await writeFile(join(draft, name), content)
    await rename(draft, folder)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
    throw new CliError('cli/file', { message: `${displayPath(folder)} cannot be written (${reason}).` })
  }
  const files = newConnector(connector).map(({ name }) => join(folder, name))
  if (console.json) return console.printJson({ folder, files })
  await console.print(
    [
      ...files.map((file) => `Written: ${displayPath(file)}`),
      '',
      'Next:',
      `  npx mainspring lint ${displayPath(folder)}`,
      `  npx mainspring explain --connectors ${displayPath(parent)} ${key}_list_items`,
      '',
    ].join('\n'),
  )
}

async function describeConnector(
  context: CommandContext,
  key: string,
  options: InitCommandOptions,
): Promise<NewConnector> {
  const { terminal } = context.io
  const missing = [
    ...(options.title === undefined ? ['--title'] : []),
    ...(options.baseUrl === undefined ? ['--base-url'] : []),
    ...(options.auth === undefined ? ['--auth'] : []),
  ]
  if (missing.length > 0 && !(terminal.stdin && terminal.stderr))
    throw usage(
      `Not given: ${missing.join(', ')}.`,
      'Give them, or run the command at a terminal to be asked.',
    )
  const ask = missing.length > 0 ? await import('../call/ask-text.ts') : undefined
  const title =
    options.title ??
    (await ask?.askText(context, 'Name of the provider', titleOf(key), notEmpty)) ??
    titleOf(key)
  const baseUrl = options.baseUrl ?? (await ask?.askText(context, 'Base URL', 'https://', checkBaseUrl)) ?? ''
  const wrong = checkBaseUrl(baseUrl)
  if (wrong !== true) throw usage(`--base-url: ${wrong}`, 'Example: https://api.acme.example/v1')
  const authentication =
    options.auth ??
    (await ask?.askChoice<AuthenticationKind>(
      context,
      'How do requests say who calls?',
      authenticationKinds,
    )) ??
    'bearer'
  return {
    key,
    title,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    authentication,
    ...(options.docs === undefined ? {} : { documentation: options.docs }),
  }
}

/** Where editors find the schemas, as long as they are installed within the project: nobody else has them at that path. */
function schemasFrom(folder: string, project: string): { readonly schemas?: string } {
  const schemas = fileURLToPath(new URL('../../../schemas', import.meta.url))
  const within = relative(project, schemas)
  if (within.startsWith('..') || within === '' || !schemas.endsWith(within)) return {}
  return { schemas: relative(folder, schemas).split(sep).join('/') }
}

function notEmpty(text: string): true | string {
  return text.trim() !== '' || 'It needs a name.'
}

function checkBaseUrl(text: string): true | string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || url.protocol !== 'https:' || url.hostname === '')
    return 'It has to be a whole https address.'
  return (
    (url.search === '' && url.hash === '' && url.username === '') ||
    'It must have no query, fragment or user.'
  )
}

function titleOf(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1)
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

function usage(message: string, hint: string): CliError {
  return new CliError('cli/usage', { message, hint })
}
