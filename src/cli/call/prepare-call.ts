import type { FoundAction } from '../../catalog/index.ts'
import type { RunOptions } from '../../engine/index.ts'
import { InputError, PolicyError } from '../../errors/index.ts'
import type { ActionPlan, AuthenticationPlan, ConnectorPlan } from '../../plan/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { CallOptions, TargetOptions } from '../program/call-commands.ts'
import { openCallTransport } from './call-transport.ts'
import { chooseTarget, describeTarget } from './choose-target.ts'
import type { Credentials } from './credentials.ts'
import { hideSecrets, type OpenedCredentials, openCredentials } from './open-credentials.ts'
import {
  chooseAuthentication,
  readCredentialsFile,
  readCredentialsFromEnvironment,
} from './read-credentials.ts'
import { readFiles } from './read-files.ts'
import { readInputs } from './read-inputs.ts'

/** An action and everything its call needs. */
export interface PreparedCall {
  readonly connector: ConnectorPlan
  readonly action: ActionPlan
  readonly options: RunOptions & { readonly inputs: Readonly<Record<string, unknown>> }
  /** Plain credentials, for an explanation of the call. */
  currentCredentials: OpenedCredentials['current']
  /** Ends what was started for this call. */
  close(): Promise<void>
}

/**
 * Finds the inputs, the target and the credentials of a run. What is wrong with the call itself is told first: nobody
 * should type four keys, or wait for a sandbox, to learn that an input was wrong.
 */
export async function prepareRun(
  context: CommandContext,
  found: FoundAction,
  options: CallOptions,
): Promise<PreparedCall> {
  const { connector } = found
  const { authentication, given, values } = await readCall(context, found, options)
  await checkCall(context, found, { ...callOptions(context, options, options), ...values })
  const { transport, close: closeTransport } = await openCallTransport(context, options)
  const target = await chooseTarget(context, connector, options)
  const close = () => {
    closeTransport()
    return target.close()
  }
  try {
    const path = options.credentials ?? ''
    const { credentials, current } = await openCredentials(context, connector, authentication, {
      file: given === undefined ? undefined : { path, given },
      target: target.credentials,
    })
    const call = {
      ...callOptions(context, options, target),
      ...values,
      ...(transport && { transport }),
      credentials,
    }
    return { ...found, options: call, currentCredentials: current, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The same for an explanation: credentials may be missing, nobody is asked, and nothing is started. */
export async function prepareExplanation(
  context: CommandContext,
  found: FoundAction,
  options: CallOptions,
): Promise<Omit<PreparedCall, 'close' | 'currentCredentials'>> {
  const { connector } = found
  const { authentication, given, values } = await readCall(context, found, options)
  const target = await describeTarget(context, connector, options)
  const credentials =
    given ?? target.credentials ?? readCredentialsFromEnvironment(context, connector, authentication)
  hideSecrets(context, authentication, credentials)
  return { ...found, options: { ...callOptions(context, options, target), ...values, credentials } }
}

interface GivenCall {
  readonly authentication: AuthenticationPlan | undefined
  /** From a file; undefined where none was named. */
  readonly given: Credentials | undefined
  readonly values: Pick<RunOptions, 'files'> & { readonly inputs: Readonly<Record<string, unknown>> }
}

async function readCall(
  context: CommandContext,
  { connector, action }: FoundAction,
  options: CallOptions,
): Promise<GivenCall> {
  const authentication = chooseAuthentication(connector, options.authentication)
  const file = options.credentials
  const given = file === undefined ? undefined : await readCredentialsFile(context, file)
  if (given !== undefined) hideSecrets(context, authentication, given)
  const { texts, files } = await readFiles(context, action, options.input)
  const inputs = await readInputs(context, action, { ...options, input: texts }, files)
  const values = Object.keys(files).length === 0 ? { inputs } : { inputs, files }
  return { authentication, given, values }
}

/** Throws what an explanation finds wrong with inputs and permissions; the rest needs credentials to be judged. */
async function checkCall(
  { rooms }: CommandContext,
  { connector, action }: FoundAction,
  call: RunOptions,
): Promise<void> {
  const { explainAction } = await rooms.engine()
  // A cursor belongs to an account, which is not known yet.
  const inputs = Object.entries(call.inputs ?? {}).filter(([name]) => name !== action.listing?.cursorInput)
  try {
    explainAction(connector, action.id, { ...call, inputs: Object.fromEntries(inputs) })
  } catch (error) {
    if (error instanceof InputError || error instanceof PolicyError) throw error
  }
}

/** What every call of a command shares. */
export function callOptions(
  { io }: CommandContext,
  options: TargetOptions,
  { origin }: { readonly origin?: string },
): RunOptions {
  return {
    ...(options.authentication === undefined ? {} : { authentication: options.authentication }),
    ...(options.environment === undefined ? {} : { environment: options.environment }),
    ...(origin === undefined ? {} : { origin }),
    allowWrites: options.allowWrites === true,
    allowPreview: options.preview === true,
    signal: io.signal,
  }
}
