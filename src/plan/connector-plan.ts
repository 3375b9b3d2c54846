import type { InputProblem, Location } from '../errors/index.ts'
import type { FieldRules } from '../fields/index.ts'
import type { ActionPlan } from './action-plan.ts'
import type { AuthorizationPlan } from './auth/authorization-plan.ts'
import type {
  DiagnosisRule,
  McpAuthorizationPlan,
  OAuthPlan,
  RefreshPlan,
  TestActionPlan,
} from './auth/oauth-plan.ts'
import type { EventsPlan } from './events/events-plan.ts'
import type { CertificatePlan } from './request/compile-certificates.ts'
import type { LimitsPlan } from './request/compile-limits.ts'

/** A connector, compiled once: closures and plain data, deeply frozen, shared by all concurrent runs. */
export interface ConnectorPlan {
  readonly key: string
  readonly title: string
  readonly version: string
  readonly description?: string
  readonly icon?: string
  /** Where the provider documents its API. */
  readonly resources?: string
  /** The ways to authenticate; the first is the default. */
  readonly authentications: readonly AuthenticationPlan[]
  /** In the order of the definition. */
  readonly actions: readonly ActionPlan[]
  /** By `actionId`, without the prefix of the connector. No prototype. */
  readonly actionsById: Readonly<Record<string, ActionPlan>>
  /** How much the provider takes. */
  readonly limits: LimitsPlan
  /** Webhooks of the provider, where the connector declares them. */
  readonly events?: EventsPlan
  /** The connector's file, as the loader was given it. */
  readonly file: string
}

/** One way to authenticate: the fields to ask for, and what they become on a request. */
export interface AuthenticationPlan {
  readonly key: string
  readonly label: string
  readonly type: string
  readonly environments: readonly { readonly key: string; readonly name: string }[]
  /** Asked of the person who links an account. */
  readonly configFields: readonly CredentialField[]
  /** Asked of the integrator, once. */
  readonly setupFields: readonly CredentialField[]
  /** Shown beside the fields of the form, in the order of the definition. */
  readonly configNotices?: readonly FormNotice[]
  /** The same for the integrator. */
  readonly setupNotices?: readonly FormNotice[]
  readonly support?: MethodSupport
  readonly guide?: LinkingGuide
  /** Actions that prove the credentials when an account is linked. */
  readonly testActions: readonly TestActionPlan[]
  /** Scopes that the account must grant. */
  readonly requiredScopes: readonly string[]
  /** Which fields a failed test points to; the first rule that fits counts. */
  readonly diagnose: readonly DiagnosisRule[]
  /** The OAuth 2.0 flow, where the method has one. */
  readonly oauth?: OAuthPlan
  /** How to authorize with an MCP server. */
  readonly mcp?: McpAuthorizationPlan
  /** How the definition renews credentials. */
  readonly refresh?: RefreshPlan
  readonly authorization: AuthorizationPlan
  /** For mutual TLS. */
  readonly certificates?: CertificatePlan
  /**
   * Normalises and checks credentials. Nothing is coerced; unknown keys are kept, since a token exchange adds its own.
   * `problems` is empty when the credentials can be used.
   */
  checkCredentials(credentials: unknown): CheckedCredentials
}

export interface CheckedCredentials {
  readonly values: Readonly<Record<string, unknown>>
  /** The values that must never be shown. */
  readonly secretValues: readonly string[]
  readonly problems: readonly InputProblem[]
}

/** A field to ask for; its rules are data that a browser can apply too. */
export interface CredentialField extends FieldRules {
  readonly key: string
  readonly secret: boolean
  readonly placeholder?: string
  readonly description?: string
  readonly tooltip?: string
  /** What holds where nothing is given; with `readOnly`, whatever is given. */
  readonly value?: string
  /** Shown, and not to be changed. */
  readonly readOnly?: boolean
  /** Its value tells accounts at the provider apart. */
  readonly externalSystemAccountIdentifier?: boolean
  readonly location: Location
}

/** A warning or a note beside the fields of a form. */
export interface FormNotice {
  readonly key?: string
  readonly type: 'warning' | 'info'
  readonly description: string
  readonly position: 'top' | 'bottom'
  /** Key of the field it belongs to. */
  readonly anchor?: string
}

/** Where people find help with a method. */
export interface MethodSupport {
  readonly link?: string
  readonly description?: string
  /** Address or text of the guides: for the person who links, and for the integrator. */
  readonly guides?: { readonly config?: string; readonly setup?: string }
}

/** The guide shown beside the form while an account is linked. */
export interface LinkingGuide {
  readonly title: string
  readonly warning?: string
  readonly sections: readonly {
    readonly title: string
    readonly text?: string
    readonly steps: readonly {
      readonly title: string
      readonly text: string
      readonly fields?: readonly string[]
    }[]
    readonly hiddenUnderWhiteLabel?: boolean
  }[]
}
