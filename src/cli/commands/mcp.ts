import type { RunOptions } from '../../engine/index.ts'
import { CliError, UnknownNameError } from '../../errors/index.ts'
import type { ToolHost } from '../../mcp/index.ts'
import type { ActionPlan, ConfirmedCalls, ConnectorPlan } from '../../plan/index.ts'
import { openCallTransport } from '../call/call-transport.ts'
import { chooseTarget } from '../call/choose-target.ts'
import { confirmCall, memoryPlace, requestsOf } from '../call/confirm-call.ts'
import { type OpenedCredentials, openCredentials } from '../call/open-credentials.ts'
import { callOptions } from '../call/prepare-call.ts'
import { chooseAuthentication, readCredentialsFile } from '../call/read-credentials.ts'
import { serveAccount } from '../call/serve-account.ts'
import { serveTools } from '../call/serve-tools.ts'
import type { CommandContext } from '../command-context.ts'
import type { McpCommandOptions } from '../program/mcp-command.ts'

/** Serves one client on standard input and output until its input ends. */
export async function execute(
  context: CommandContext,
  [key]: readonly [string | undefined],
  options: McpCommandOptions,
): Promise<void> {
  if (options.account !== undefined) return serveAccount(context, key, options.account, options)
  if (key === undefined)
    throw new CliError('cli/usage', {
      message: 'Missing argument: the key of a connector, or --account with a linked account.',
      hint: 'Run `mainspring mcp --help`.',
    })
  const { rooms } = context
  const connector = await (await context.openCatalog()).connector(key)
  const actions = offeredActions(connector, options)
  const authentication = chooseAuthentication(connector, options.authentication)
  const { transport, close } = await openCallTransport(context, options)
  const target = await chooseTarget(context, connector, options)
  try {
    const path = options.credentials
    const opened = await openCredentials(context, connector, authentication, {
      file: path === undefined ? undefined : { path, given: await readCredentialsFile(context, path) },
      target: target.credentials,
    })
    const base = { ...callOptions(context, options, target), ...(transport && { transport }) }
    const host = await createHost(context, connector, actions, base, opened, options.confirm ?? 'removals')
    const { createToolBox } = await rooms.mcp()
    const toolBox = createToolBox(host, options.toolMode ?? 'individual', options.paramStyle ?? 'flat_smart')
    const note = `Serving ${toolBox.tools.length} tools of ${connector.title}.`
    await serveTools(context, connector, toolBox, note)
  } finally {
    close()
    await target.close()
  }
}

/** @throws {UnknownNameError} `--only` names an action that is not there */
function offeredActions(connector: ConnectorPlan, options: McpCommandOptions): readonly ActionPlan[] {
  const only = options.only?.map((name) => name.replace(`${connector.key}_`, ''))
  for (const name of only ?? []) {
    if (connector.actionsById[name] === undefined)
      throw new UnknownNameError('action/unknown', {
        message: `The connector "${connector.key}" has no action "${name}".`,
        hint: `List them with \`mainspring actions ${connector.key}\`.`,
      })
  }
  return connector.actions.filter(
    ({ id, stage, effect }) =>
      (only === undefined || only.includes(id)) &&
      (stage !== 'preview' || options.preview === true) &&
      (effect === 'read' || options.readOnly !== true),
  )
}

async function createHost(
  { io, rooms }: CommandContext,
  connector: ConnectorPlan,
  actions: readonly ActionPlan[],
  base: RunOptions,
  { credentials, current }: OpenedCredentials,
  which: ConfirmedCalls,
): Promise<ToolHost> {
  const { runAction, explainAction } = await rooms.engine()
  const plan = await rooms.plan()
  const place = memoryPlace()
  const allowWrites = base.allowWrites === true
  return {
    offered: actions.map((action) => ({ connector, action })),
    allowWrites,
    confirms: (action) => (allowWrites || !action.passthrough) && plan.asksConfirmation(action, which),
    async run(action, inputs, { signal, observer, confirm: token }) {
      await confirmCall(plan, place, {
        action,
        which,
        token,
        call: { account: 'stdio', action: action.qualifiedId, inputs },
        requests: () =>
          requestsOf(() => explainAction(connector, action.id, { ...base, credentials: current(), inputs })),
      })
      return runAction(connector, action.id, {
        ...base,
        credentials,
        inputs,
        signal: AbortSignal.any([signal, io.signal]),
        ...(observer && { observer }),
      })
    },
  }
}
