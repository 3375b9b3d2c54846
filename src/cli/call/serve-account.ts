import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CliError, MainspringError } from '../../errors/index.ts'
import type { Caller } from '../../hub/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { McpCommandOptions } from '../program/mcp-command.ts'
import { hubOptionsOf } from '../start/hub-options.ts'
import { readHubConfig } from '../start/read-hub-config.ts'
import { findSandboxes } from './find-sandbox.ts'
import { serveTools } from './serve-tools.ts'

/** What the hub decides for its accounts, and nobody else. */
const decidedByHub = [
  'credentials',
  'authentication',
  'environment',
  'origin',
  'sandbox',
  'allowWrites',
  'preview',
  'only',
  'allowNetwork',
  'allowPort',
] as const

/**
 * Serves the actions of one linked account: opened with the hub's own data, under its policies of agents, and written
 * to its log as the hub does it. The hub may run beside it.
 *
 * @throws {CliError} `cli/usage`
 * @throws {HubError} `hub/account-unknown`, `hub/account-inactive`, `hub/store-*`, `hub/master-key-*`
 */
export async function serveAccount(
  context: CommandContext,
  connector: string | undefined,
  accountId: string,
  options: McpCommandOptions,
): Promise<void> {
  const { rooms } = context
  const refused = decidedByHub.find((name) => options[name] !== undefined)
  if (connector !== undefined || refused !== undefined)
    throw usage(
      refused === undefined
        ? 'An account has its connector: leave out the connector with --account.'
        : `--account takes what is stored of the account: leave out ${optionName(refused)}.`,
    )
  const { createHub, defaultProject } = await rooms.hub()
  const config = await readHubConfig(context, { config: options.config, data: options.data })
  // Opening would make a new hub, whose first key nobody would see.
  if (config.databaseUrl === undefined && !existsSync(join(config.dataFolder, 'mainspring.db')))
    throw usage(`There is no hub in ${config.dataFolder}: name its folder with --data.`)
  // The hub's process has started them, or somebody has; here they are looked for.
  const sandboxes = config.sandbox ? await findSandboxes(context) : []
  const hub = await createHub({
    ...hubOptionsOf(config, context.connectorsFolder, sandboxes),
    logStream: { write: (line) => void context.console.printError(line) },
  })
  try {
    const caller: Caller = {
      projectId: defaultProject,
      actor: { kind: 'system' },
      accountId,
      canWrite: options.readOnly !== true,
      agent: true,
    }
    const { toolBox, connector: plan } = await hub.services.toolBoxes.of(caller, {
      accountId,
      mode: options.toolMode ?? 'individual',
      style: options.paramStyle ?? 'flat_smart',
    })
    const note = `Serving ${toolBox.tools.length} tools of ${plan.title} for the account ${accountId}.`
    await serveTools(context, plan, toolBox, note)
  } catch (error) {
    const unknown = error instanceof MainspringError && error.code === 'hub/integration-unknown'
    if (unknown && sandboxes.length === 0)
      await context.console.note(
        'No sandbox listens now: an account of a sandbox needs it. `mainspring start` and `mainspring sandbox` start it.',
      )
    throw error
  } finally {
    await hub.close()
  }
}

function usage(message: string): CliError {
  return new CliError('cli/usage', { message, hint: 'Run `mainspring mcp --help`.' })
}

function optionName(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
