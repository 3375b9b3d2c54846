import type { FoundAction } from '../../catalog/index.ts'
import type { RunOptions } from '../../engine/index.ts'
import type { ActionPlan, AuthenticationPlan, ConnectorPlan } from '../../plan/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { CallOptions } from '../program/call-commands.ts'
import { chooseTarget, describeTarget, type Target } from './choose-target.ts'
import type { Credentials } from './credentials.ts'
import {
  chooseAuthentication,
  findCredentials,
  readCredentialsFile,
  readCredentialsFromEnvironment,
} from './read-credentials.ts'
import { readInputs } from './read-inputs.ts'

/** An action and everything its call needs. */
export interface PreparedCall {
  readonly connector: ConnectorPlan
  readonly action: ActionPlan
  readonly options: RunOptions & { readonly inputs: Readonly<Record<string, unknown>> }
  /** Ends what was started for this call. */
  close(): Promise<void>
}

/** Finds the inputs, the target and the credentials of a call; credentials that are missing may be asked for. */
export async function prepareRun(
  context: CommandContext,
  found: FoundAction,
  options: CallOptions,
): Promise<PreparedCall> {
  return prepareCall(context, found, options, {
    choose: chooseTarget,
    find: findCredentials,
  })
}

/** The same for an explanation: credentials may be missing, and nobody is asked. */
export async function prepareExplanation(
  context: CommandContext,
  found: FoundAction,
  options: CallOptions,
): Promise<PreparedCall> {
  return prepareCall(context, found, options, {
    choose: describeTarget,
    find: async (context, connector, authentication) =>
      readCredentialsFromEnvironment(context, connector, authentication),
  })
}

interface Ways {
  readonly choose: typeof chooseTarget
  readonly find: typeof findCredentials
}

async function prepareCall(
  context: CommandContext,
  { connector, action }: FoundAction,
  options: CallOptions,
  ways: Ways,
): Promise<PreparedCall> {
  const authentication = chooseAuthentication(connector, options.authentication)
  const given =
    options.credentials === undefined ? undefined : await readCredentialsFile(context, options.credentials)
  if (given !== undefined) hideSecrets(context, authentication, given)
  const inputs = await readInputs(context, action, options)
  const target = await ways.choose(context, options)
  // Nobody should type four keys to learn that an input was wrong.
  const check = async (call: RunOptions) => {
    const { explainAction } = await context.rooms.engine()
    explainAction(connector, action.id, call)
  }
  try {
    const call = { ...callOptions(context, options, target), inputs }
    const credentials =
      given ?? target.credentials ?? (await ways.find(context, connector, authentication, () => check(call)))
    hideSecrets(context, authentication, credentials)
    return { connector, action, options: { ...call, credentials }, close: () => target.close() }
  } catch (error) {
    await target.close()
    throw error
  }
}

function callOptions({ io }: CommandContext, options: CallOptions, { origin }: Target): RunOptions {
  return {
    ...(options.authentication === undefined ? {} : { authentication: options.authentication }),
    ...(options.environment === undefined ? {} : { environment: options.environment }),
    ...(origin === undefined ? {} : { origin }),
    allowWrites: options.allowWrites === true,
    allowPreview: options.preview === true,
    signal: io.signal,
  }
}

/** As given and as the connector reads them: both forms could turn up in an output. */
function hideSecrets(
  { console }: CommandContext,
  authentication: AuthenticationPlan | undefined,
  credentials: Credentials,
): void {
  const open = new Set(
    (authentication?.configFields ?? []).flatMap(({ key, secret }) => (secret ? [] : [key])),
  )
  const asGiven = Object.entries(credentials).flatMap(([key, value]) => (open.has(key) ? [] : [value]))
  console.mask.add([...asGiven, ...(authentication?.checkCredentials(credentials).secretValues ?? [])])
}
