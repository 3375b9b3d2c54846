import type { ActionPlan } from '../action-plan.ts'
import type { Evaluate } from '../run-context.ts'

/** Webhooks of a provider, compiled. */
export interface EventsPlan {
  /** Steps that make, start and end a subscription; run by the engine, not callable by an id. */
  readonly setup: {
    readonly creation?: ActionPlan
    readonly activation?: ActionPlan
    readonly deletion?: ActionPlan
    /** One subscription serves all accounts and events. */
    readonly isConsolidated: boolean
  }
  /** How a person sets the webhooks up by hand, as the definition says it. */
  readonly guides?: unknown
  /** Actions that handle events; callable by their id, not listed. */
  readonly actions: readonly ActionPlan[]
  readonly router?: RouterPlan
  /** The account of a delivery, from its body; undefined where the provider does not tell. */
  readonly accountId?: (scope: DeliveryScope) => unknown
  readonly signature?: SignaturePlan
}

/** What the programs of a router see. */
export interface DeliveryScope {
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly event?: unknown
  readonly eventIndex?: number
}

export interface RouterPlan {
  /** Over the whole delivery; the first that matches ends the routing. */
  readonly delivery: readonly RulePlan[]
  /** Gives the list of events; without it the body is one event. */
  readonly items?: (scope: DeliveryScope) => unknown
  /** For each event; the first that matches counts. */
  readonly rules: readonly RulePlan[]
}

export interface RulePlan {
  /** Anything but null, undefined and false matches. */
  readonly when: (scope: DeliveryScope) => unknown
  readonly actionId: string
  readonly input: (scope: DeliveryScope) => unknown
}

/** How the provider signs a delivery. */
export interface SignaturePlan {
  /** In lower case. */
  readonly header: string
  readonly secret: Evaluate
  readonly algorithm: 'sha256' | 'sha512' | 'sha1'
  readonly encoding: 'hex' | 'base64' | 'base64url'
  readonly prefix: string
  readonly signatureField?: string
  readonly timestampField?: string
  /** In lower case. */
  readonly timestampHeader?: string
  readonly toleranceMs: number
  /** Text with `{body}`, `{timestamp}`, `{header:<name>}`. */
  readonly signed: string
}
