import { EventError } from '../../errors/index.ts'
import { isRecord } from '../../http/index.ts'
import { type ActionPlan, type ConnectorPlan, prepareActionCall } from '../../plan/index.ts'
import { openSession } from '../auth/open-call.ts'
import { runOnce } from '../run-once.ts'
import type { RunOptions } from '../run-options.ts'

export interface SubscribeOptions extends Omit<RunOptions, 'inputs'> {
  /** Where deliveries are to be sent. */
  readonly webhookUrl: string
  /** What they are to be signed with, where the provider takes a secret. */
  readonly secret?: string
  /** Names of the events wanted; providers that send all of them have no use for it. */
  readonly events?: readonly string[]
}

/** A subscription at the provider: what its steps gave. Plain data, to be kept for its end. */
export interface EventSubscription {
  readonly data: Readonly<Record<string, unknown>>
}

/**
 * Subscribes to the events of an account by the steps of the definition, and starts them.
 *
 * @throws {EventError} `event/unsupported`; {MainspringError} as `runAction`. Where the start fails, the subscription is
 * ended again
 */
export async function subscribeEvents(
  plan: ConnectorPlan,
  options: SubscribeOptions,
): Promise<EventSubscription> {
  const { creation, activation } = plan.events?.setup ?? {}
  if (creation === undefined) throw unsupported(plan, 'no steps to subscribe')
  const { webhookUrl, secret, events, ...rest } = options
  const inputs = {
    webhookUrl,
    ...(secret === undefined ? {} : { secret }),
    ...(events === undefined ? {} : { events }),
  }
  const data = await runSetup(plan, creation, rest, inputs)
  if (activation === undefined) return { data }
  try {
    const more = await runSetup(plan, activation, rest, { ...inputs, subscription: data })
    return { data: { ...data, ...more } }
  } catch (error) {
    const { deletion } = plan.events?.setup ?? {}
    // The first failure is the one to tell; a subscription that stays behind delivers to nobody who listens.
    if (deletion !== undefined)
      await runSetup(plan, deletion, rest, { subscription: data }).catch(() => undefined)
    throw error
  }
}

/** Ends a subscription. @throws {EventError} `event/unsupported`; {MainspringError} as `runAction` */
export async function unsubscribeEvents(
  plan: ConnectorPlan,
  options: Omit<RunOptions, 'inputs'> & { readonly subscription: EventSubscription },
): Promise<void> {
  const { deletion } = plan.events?.setup ?? {}
  if (deletion === undefined) throw unsupported(plan, 'no steps to end a subscription')
  const { subscription, ...rest } = options
  await runSetup(plan, deletion, rest, { subscription: subscription.data })
}

async function runSetup(
  plan: ConnectorPlan,
  action: ActionPlan,
  options: Omit<RunOptions, 'inputs'>,
  inputs: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const { credentials, session } = await openSession(plan, options)
  const { credentials: _, ...rest } = options
  const call = prepareActionCall(plan, action, {
    ...rest,
    inputs,
    ...(credentials === undefined ? {} : { credentials }),
  })
  const { result } = await runOnce(call, options, {}, session)
  return isRecord(result.data) ? result.data : {}
}

function unsupported({ key }: ConnectorPlan, what: string): EventError {
  return new EventError('event/unsupported', { message: `The connector "${key}" has ${what}.` })
}
