import { EventError } from '../../errors/index.ts'
import { isRecord, parseJson } from '../../http/index.ts'
import type { ConnectorPlan } from '../connector-plan.ts'
import type { DeliveryScope, RulePlan } from './events-plan.ts'
import { verifySignature } from './verify-signature.ts'

/** A webhook request as it came. */
export interface IncomingDelivery {
  /** Whatever their case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The bytes as they came: signatures cover them. */
  readonly body: string | Uint8Array
  readonly query?: Readonly<Record<string, string>>
}

export interface RouteOptions {
  /** Of the account that the delivery is for: the secret of its signature is among them. */
  readonly credentials?: Readonly<Record<string, unknown>>
  /** Milliseconds since the epoch; the machine's clock by default. */
  readonly now?: () => number
}

/** What is to be run for a delivery. */
export interface RoutedDelivery {
  /** In the order of the events. */
  readonly actions: readonly RoutedAction[]
  /** Events that no rule matches: not wanted, so no failure. */
  readonly ignored: number
}

export interface RoutedAction {
  /** Without the connector's prefix. */
  readonly actionId: string
  readonly inputs: Readonly<Record<string, unknown>>
  /** Place of the event in the delivery; absent where the delivery as a whole was matched. */
  readonly eventIndex?: number
}

/**
 * The actions that a delivery leads to: its signature checked, nothing run or sent.
 *
 * @throws {EventError} `event/signature-invalid`, `event/stale`, `event/unreadable`, `event/unsupported`
 */
export function routeEvent(
  plan: ConnectorPlan,
  delivery: IncomingDelivery,
  options: RouteOptions = {},
): RoutedDelivery {
  const { events } = plan
  const router = events?.router
  if (events === undefined || router === undefined)
    throw new EventError('event/unsupported', { message: `The connector "${plan.key}" routes no events.` })
  const bytes = Buffer.from(delivery.body)
  const headers = plainHeaders(delivery.headers)
  if (events.signature !== undefined)
    verifySignature(
      events.signature,
      { headers, body: bytes },
      options.credentials ?? {},
      (options.now ?? Date.now)(),
    )
  const scope = scopeOf(delivery, bytes, headers)
  const whole = firstMatch(router.delivery, { ...scope, event: scope.body, eventIndex: 0 })
  if (whole !== undefined) return { actions: [whole], ignored: 0 }
  const items = router.items === undefined ? [scope.body] : router.items(scope)
  if (!Array.isArray(items))
    throw new EventError('event/unreadable', {
      message: `The delivery does not hold the list of events that the connector "${plan.key}" declares.`,
    })
  const matched = items.map((event, eventIndex) => {
    const found = firstMatch(router.rules, { ...scope, event, eventIndex })
    return found && { ...found, eventIndex }
  })
  const actions = matched.filter((action) => action !== undefined)
  return { actions, ignored: matched.length - actions.length }
}

/**
 * The account that a delivery says it is for, so that its secret can be found; nothing is checked.
 *
 * @throws {EventError} `event/unreadable`
 */
export function identifyAccount(plan: ConnectorPlan, delivery: IncomingDelivery): string | undefined {
  const read = plan.events?.accountId
  if (read === undefined) return undefined
  const found = read(scopeOf(delivery, Buffer.from(delivery.body), plainHeaders(delivery.headers)))
  const text = typeof found === 'string' || typeof found === 'number' ? String(found).trim() : ''
  return text === '' ? undefined : text
}

function firstMatch(rules: readonly RulePlan[], scope: DeliveryScope): RoutedAction | undefined {
  for (const { when, actionId, input } of rules) {
    const met = when(scope)
    if (met === null || met === undefined || met === false) continue
    const inputs = input(scope)
    return { actionId, inputs: isRecord(inputs) ? inputs : {} }
  }
  return undefined
}

function scopeOf(
  { query = {} }: IncomingDelivery,
  bytes: Buffer,
  headers: Readonly<Record<string, string>>,
): DeliveryScope {
  return { body: parseBody(bytes.toString('utf8'), headers['content-type'] ?? ''), headers, query }
}

function parseBody(text: string, contentType: string): unknown {
  if (contentType.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(text))
  try {
    return parseJson(text)
  } catch {
    throw new EventError('event/unreadable', { message: 'The body of the delivery is not JSON.' })
  }
}

function plainHeaders(headers: IncomingDelivery['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), typeof value === 'string' ? value : value.join(', ')]],
    ),
  )
}
