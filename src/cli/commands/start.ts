import { CliError } from '../../errors/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { StartCommandOptions } from '../program/sandbox-commands.ts'
import { takeTour } from '../tour/take-tour.ts'
import { untilEnd } from './sandbox.ts'

/** What the tour ends with; each line works as it stands while the sandbox is up, and without it too. */
export const nextCommands = [
  'npx mainspring actions clockwork',
  'npx mainspring describe clockwork_create_person',
  "npx mainspring run clockwork_search_people --sandbox --input query='okafor'",
  'npx mainspring run clockwork_list_people --sandbox --limit 250 --out csv',
  "npx mainspring explain clockwork_create_person --sandbox --input name='Ines Okafor' --as curl",
  'npx mainspring run clockwork_list_projects --sandbox --all --trace',
]

/** Starts a sandbox, takes the tour, stays up. */
export async function execute(
  context: CommandContext,
  _: readonly unknown[],
  options: StartCommandOptions,
): Promise<number> {
  const { console } = context
  const connector = await (await context.openCatalog()).connector('clockwork')
  const sandbox = await startAnywhere(context)
  try {
    const [credentials] = sandbox.firms
    if (credentials === undefined) throw new Error('A sandbox without a firm')
    const { origin } = sandbox
    if (console.json) await console.printJson({ url: origin, sandbox: { origin, credentials } })
    else
      await console.print(
        `The real engine against a Clockwork sandbox at ${console.style('bold', origin)}.\n`,
      )
    const touring = options.once === true || !console.json
    const target = { connector, origin, credentials: { ...credentials } }
    const complete = !touring || (await takeTour(context, target))
    if (options.once === true) return complete ? 0 : 1
    if (!console.json && !context.io.signal.aborted) await sayWhatNext(context, sandbox, complete)
    await untilEnd(context)
    return 0
  } finally {
    await sandbox.close()
  }
}

/** At the usual port, where `--sandbox` looks; at any free one where that is taken. */
async function startAnywhere({ rooms, console }: CommandContext): Promise<Sandbox> {
  const { startSandbox } = await rooms.sandbox()
  try {
    return await startSandbox({})
  } catch (error) {
    if (!(error instanceof CliError) || error.code !== 'sandbox/port-in-use') throw error
    await console.note(`${error.message} Taking a free one.`)
    return startSandbox({ port: 0 })
  }
}

async function sayWhatNext(
  { console }: CommandContext,
  { origin }: Sandbox,
  complete: boolean,
): Promise<void> {
  const lines = [
    '',
    complete ? 'All parts went as they should.' : 'Some parts failed; the messages above say why.',
    `The sandbox stays up at ${origin} until Ctrl-C. In another terminal:`,
    '',
    ...nextCommands.map((command) => `  ${command}`),
  ]
  await console.print(`${lines.join('\n')}\n`)
}
