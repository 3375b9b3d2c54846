import type { Catalog } from '../../catalog/index.ts'
import {
  type Explanation,
  explainAction,
  type Flow,
  findAction,
  iterateAction,
  type Observer,
  type RunOptions,
  type RunResult,
  runAction,
} from '../../engine/index.ts'
import {
  ConfirmationNeededError,
  InputError,
  InternalError,
  MainspringError,
  PolicyError,
} from '../../errors/index.ts'
import type { ActionPlan, ConnectorPlan } from '../../plan/index.ts'
import type { AccountService, OpenedAccount, UseFailure } from '../accounts/accounts.ts'
import type { ConfirmationService } from '../confirmations/confirmations.ts'
import { markAfterWrite, statusOfError } from '../error-status.ts'
import { HubError } from '../hub-error.ts'
import type { RequestLogService } from '../logs/request-logs.ts'
import type { EffectivePolicy } from '../policies/effective-policy.ts'
import type { PolicyService } from '../policies/policies.ts'
import type { AccountRecord } from '../store/index.ts'
import { createId } from '../token.ts'
import { type Caller, callerName } from './caller.ts'
import { RunLog, wasWritten } from './run-log.ts'

/** One call of an action with a linked account. */
export interface RunRequest {
  readonly accountId: string
  /** With the connector's prefix. */
  readonly action: string
  readonly inputs: Readonly<Record<string, unknown>> | ((action: ActionPlan) => Record<string, unknown>)
  /** Which door it came in by. */
  readonly source: 'rpc' | 'mcp' | 'proxy' | 'try-it' | 'event'
  readonly requestId: string
  /** Stands for this very call, where a policy asks for a confirmation. */
  readonly confirm?: string
  readonly signal?: AbortSignal
  readonly observer?: Observer
}

export type RunTarget = Pick<RunRequest, 'accountId' | 'action' | 'inputs'>

/** An action that a caller may run with an account. */
export interface OfferedAction {
  readonly connector: ConnectorPlan
  readonly action: ActionPlan
}

/** What a caller can run with one account. */
export interface AccountOffer {
  readonly account: AccountRecord
  readonly connector: ConnectorPlan
  readonly policy: EffectivePolicy
  /** The connector's actions without those that the policies leave out. */
  offered(): readonly OfferedAction[]
}

/** Runs actions with linked accounts: the one place where policies are enforced, uses noted and the log written. */
export interface RunService {
  /**
   * @throws {MainspringError} as `runAction`; `hub/account-unknown`, `hub/account-inactive`, `policy/action-not-allowed`,
   * `policy/confirmation-needed`, `policy/confirmation-invalid`, `action/unknown`. A code that invites to repeat the call comes only where nothing was written.
   */
  run(caller: Caller, request: RunRequest): Promise<RunResult>
  /** The rows of all pages, one at a time. @throws as {@link RunService.run}, with the first row wanted */
  iterate(caller: Caller, request: RunRequest): AsyncGenerator<unknown, void, undefined>
  /** The exact requests, secrets masked; nothing is sent. */
  explain(caller: Caller, target: RunTarget): Promise<Explanation>
  /** @throws {HubError} `hub/account-unknown` */
  offer(caller: Caller, accountId: string): Promise<AccountOffer>
}

export interface RunParts {
  readonly accounts: AccountService
  readonly catalog: Catalog
  readonly policies: PolicyService
  readonly confirmations: ConfirmationService
  readonly logs: RequestLogService
  readonly clock: () => Date
  readonly flow: Flow
  readonly transport?: RunOptions['transport']
}

/** A use of an account without news is written down at most this often. */
const useGranularityMs = 30_000

export function createRuns(parts: RunParts): RunService {
  const { accounts, catalog, policies, confirmations, logs, clock, flow, transport } = parts
  const through = transport === undefined ? {} : { transport }
  const noted = new Map<string, number>()

  const begin = async (caller: Caller, target: RunTarget) => {
    if (caller.accountId !== null && caller.accountId !== target.accountId) unknownAccount(target.accountId)
    const opened = await accounts.open(caller.projectId, target.accountId)
    const { connector } = opened.integration
    const action = await actionOf(catalog, connector, target.action)
    const inputs = typeof target.inputs === 'function' ? target.inputs(action) : target.inputs
    const policy = await policies.of(caller, target.accountId)
    policy.check(connector.key, action, inputs)
    return { opened, connector, action, inputs, policy }
  }
  type Begun = Awaited<ReturnType<typeof begin>>

  /** Whoever is signed in sees the exact request beside the button: pressing it is the confirmation. */
  const confirm = async (caller: Caller, request: RunRequest, begun: Begun) => {
    const { action, inputs, policy } = begun
    const by = policy.confirmedBy(action, inputs)
    if (by === undefined || caller.actor.kind === 'login') return
    const call = { account: request.accountId, action: action.qualifiedId, inputs }
    if (request.confirm !== undefined) return confirmations.use(caller, call, request.confirm)
    const confirmation = await confirmations.ask(caller, call, by, requestsOf(begun))
    throw new ConfirmationNeededError(confirmation, {
      message: `"${call.action}" was not run: it has to be confirmed${by === 'caller' ? '' : ' by an operator'}.`,
      ...(by === 'caller'
        ? {}
        : {
            hint: 'Ask an operator to approve it on the confirmations page of the hub; then make the same call again with the token as `x-mainspring-confirm` (`confirm` for an agent’s tool).',
          }),
      action: call.action,
    })
  }

  const optionsOf = ({ opened, inputs, policy }: Begun, request: RunRequest, log: RunLog): RunOptions => ({
    ...opened.run,
    credentials: opened.source,
    flow,
    now: () => clock().getTime(),
    inputs,
    allowPreview: policy.allowPreview,
    allowWrites: policy.allowPassthroughWrites,
    observer(event) {
      log.observe(event)
      request.observer?.(event)
    },
    ...(request.signal === undefined ? {} : { signal: request.signal }),
    ...through,
  })

  /** Notes what a use came to: at once where something changed, now and then where it did not. */
  const noteUse = async ({ account }: OpenedAccount, failure: UseFailure | null) => {
    const now = clock().getTime()
    const unchanged = failure === null && account.lastError === null && account.status === 'active'
    if (unchanged && now - (noted.get(account.id) ?? 0) < useGranularityMs) return
    if (noted.size > 10_000) noted.clear()
    noted.set(account.id, now)
    await accounts.recordUse(account.projectId, account.id, failure).catch(() => undefined)
  }

  const conclude = async (
    caller: Caller,
    request: RunRequest,
    begun: Begun | undefined,
    log: RunLog,
    startedAt: number,
    error: MainspringError | undefined,
  ) => {
    if (error !== undefined && wasWritten(error, log)) markAfterWrite(error)
    logs.add({
      id: createId('log'),
      projectId: caller.projectId,
      at: clock().toISOString(),
      accountId: begun?.opened.account.id ?? null,
      provider: begun?.connector.key ?? null,
      action: begun?.action.qualifiedId ?? request.action.slice(0, 200),
      source: request.source,
      caller: callerName(caller),
      requestId: request.requestId,
      method: log.method,
      path: log.path,
      errorCode: error?.code ?? null,
      status: error === undefined ? 200 : statusOfError(error),
      durationMs: Math.round(performance.now() - startedAt),
      requests: log.requests,
      success: error === undefined,
      detail: {
        inputs: begun === undefined ? [] : Object.keys(begun.inputs),
        events: log.told(),
        ...(error === undefined ? {} : { message: error.message, hint: error.hint }),
      },
    })
    if (begun !== undefined && (error === undefined || concernsAccount(error)))
      await noteUse(begun.opened, error === undefined ? null : useFailure(error))
  }

  return {
    async run(caller, request) {
      const log = new RunLog()
      const startedAt = performance.now()
      let begun: Begun | undefined
      try {
        begun = await begin(caller, request)
        await confirm(caller, request, begun)
        const result = await runAction(begun.connector, begun.action.id, optionsOf(begun, request, log))
        await conclude(caller, request, begun, log, startedAt, undefined)
        return result
      } catch (thrown) {
        const error = codedError(thrown)
        await conclude(caller, request, begun, log, startedAt, error)
        throw error
      }
    },

    async *iterate(caller, request) {
      const log = new RunLog()
      const startedAt = performance.now()
      let begun: Begun | undefined
      let failure: MainspringError | undefined
      try {
        begun = await begin(caller, request)
        await confirm(caller, request, begun)
        yield* iterateAction(begun.connector, begun.action.id, optionsOf(begun, request, log))
      } catch (thrown) {
        failure = codedError(thrown)
        throw failure
      } finally {
        await conclude(caller, request, begun, log, startedAt, failure)
      }
    },

    async explain(caller, target) {
      const { opened, connector, action, inputs, policy } = await begin(caller, target)
      return explainAction(connector, action.id, {
        ...opened.run,
        inputs,
        allowPreview: policy.allowPreview,
        allowWrites: policy.allowPassthroughWrites,
      })
    },

    async offer(caller, accountId) {
      if (caller.accountId !== null && caller.accountId !== accountId) unknownAccount(accountId)
      const { account, integration } = await accounts.open(caller.projectId, accountId)
      const policy = await policies.of(caller, accountId)
      const { connector } = integration
      return {
        account,
        connector,
        policy,
        offered: () =>
          connector.actions
            .filter((action) => policy.offers(connector.key, action))
            .map((action) => ({ connector, action })),
      }
    },
  }
}

/** `DELETE https://…` of each. @throws what a run would refuse, so that nobody confirms what cannot be done */
function requestsOf({
  opened,
  connector,
  action,
  inputs,
  policy,
}: {
  readonly opened: OpenedAccount
  readonly connector: ConnectorPlan
  readonly action: ActionPlan
  readonly inputs: Readonly<Record<string, unknown>>
  readonly policy: EffectivePolicy
}): readonly string[] {
  try {
    const { requests } = explainAction(connector, action.id, {
      ...opened.run,
      inputs,
      allowPreview: policy.allowPreview,
      allowWrites: policy.allowPassthroughWrites,
    })
    return requests.map(({ method, url }) => `${method} ${url}`)
  } catch (thrown) {
    if (thrown instanceof InputError || thrown instanceof PolicyError) throw thrown
    return []
  }
}

/** The plan of the account's connector is at hand; another connector's action is a mistake worth naming. */
async function actionOf(catalog: Catalog, connector: ConnectorPlan, id: string): Promise<ActionPlan> {
  if (id.startsWith(`${connector.key}_`) || connector.actionsById[id] !== undefined)
    return findAction(connector, id)
  const other = (await catalog.find(id)).connector
  throw new HubError('hub/invalid-request', {
    message: `The action "${id}" is of ${other.title}, the account is of ${connector.title}.`,
    hint: `Name an account of ${other.title}.`,
  })
}

function codedError(thrown: unknown): MainspringError {
  if (thrown instanceof MainspringError) return thrown
  return new InternalError({ message: 'The run met an unexpected failure.' })
}

const accountAreas = ['auth', 'provider', 'network', 'response', 'write', 'paging']

/** Whether it says something of the account or its provider, and not only of the call. */
function concernsAccount({ code }: MainspringError): boolean {
  return accountAreas.includes(code.slice(0, code.indexOf('/')))
}

function useFailure({ code, message, hint }: MainspringError): UseFailure {
  return { code, message, hint, refused: code === 'auth/rejected' }
}

function unknownAccount(id: string): never {
  throw new HubError('hub/account-unknown', { message: `There is no account "${id}".` })
}
