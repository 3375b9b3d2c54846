import { CliError } from '../../errors/index.ts'
import type { KeptKeys } from '../../hub/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { KeysCommandOptions } from '../program/keys-command.ts'
import { operator } from '../start/operator.ts'
import { readHubPlace } from '../start/read-hub-place.ts'

type Key = Awaited<ReturnType<KeptKeys['list']>>[number]

/** Looks after the API keys of a hub. A key is printed when it is made, and never again. */
export async function execute(
  context: CommandContext,
  [task, id]: readonly [string, string | undefined],
  options: KeysCommandOptions,
): Promise<void> {
  checkUse(task, id, options)
  const { rooms } = context
  const { withKeys, defaultProject } = await rooms.hub()
  const place = await readHubPlace(context, options)
  const project = options.project ?? defaultProject
  const actor = operator()
  await withKeys(place, async (keys) => {
    if (task === 'list') return printKeys(context, await keys.list(project))
    if (task === 'revoke') {
      await keys.revoke(project, id ?? '', actor)
      return printRevoked(context, id ?? '')
    }
    if (task === 'rotate') {
      const { grace = 0 } = options
      const { key, record } = await keys.rotate(project, id ?? '', actor, grace)
      return printMade(context, key, record)
    }
    const { name = '', scopes, account: accountId = null } = options
    if (accountId !== null && !(await keys.hasAccount(project, accountId)))
      throw usage(`There is no account "${accountId}".`)
    const wish = { name, accountId, ...(scopes === undefined ? {} : { scopes: [...new Set(scopes)] }) }
    const { key, record } = await keys.create(project, wish, actor)
    return printMade(context, key, record)
  })
}

/** Options of one task are not silently left aside by another. */
function checkUse(task: string, id: string | undefined, options: KeysCommandOptions): void {
  const takesId = task === 'rotate' || task === 'revoke'
  if (takesId && id === undefined) throw usage(`\`keys ${task}\` needs the id of a key.`)
  if (!takesId && id !== undefined) throw usage(`\`keys ${task}\` takes no id of a key.`)
  const own = { name: 'create', scopes: 'create', account: 'create', grace: 'rotate' } as const
  for (const [option, of] of Object.entries(own))
    if (options[option as keyof typeof own] !== undefined && of !== task)
      throw usage(`--${option} is for \`keys ${of}\`.`)
  if (task === 'create' && (options.name ?? '').trim() === '')
    throw usage('`keys create` needs --name: what the key is for.')
}

async function printKeys({ console, rooms }: CommandContext, all: readonly Key[]): Promise<void> {
  const keys = all.filter(({ revokedAt }) => revokedAt === null)
  if (console.json) return console.printJson({ keys: keys.map(keyData) })
  if (keys.length === 0) return console.note('There is no key. `mainspring keys create --name …` makes one.')
  const [{ formatTable }, { keyBeginning }] = await Promise.all([
    import('../output/print-table.ts'),
    rooms.hub(),
  ])
  const rows = keys.map((key) => [
    key.id,
    key.name,
    keyBeginning(key),
    key.scopes.join(' '),
    key.accountId ?? '',
    key.createdAt,
    key.lastUsedAt ?? 'not yet',
  ])
  await console.print(
    formatTable(console, ['Id', 'Name', 'Begins', 'May', 'Account', 'Made', 'Last used'], rows),
  )
}

async function printMade({ console }: CommandContext, key: string, record: Key): Promise<void> {
  if (console.json) return console.printJson({ ...keyData(record), key })
  await console.note(
    `${record.id} “${record.name}” may ${record.scopes.join(', ')}. The key is shown this once:`,
  )
  await console.print(`${key}\n`)
}

async function printRevoked({ console }: CommandContext, id: string): Promise<void> {
  if (console.json) return console.printJson({ revoked: id })
  await console.note(`${id} is revoked: what uses it is refused from now on.`)
}

function keyData({ id, name, prefix, scopes, accountId, createdAt, lastUsedAt, previousUntil }: Key) {
  return { id, name, prefix, scopes, accountId, createdAt, lastUsedAt, previousUntil }
}

function usage(message: string): CliError {
  return new CliError('cli/usage', { message, hint: 'Run `mainspring keys --help`.' })
}
