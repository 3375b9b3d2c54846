import type { ConfirmedCalls } from '../../plan/index.ts'

/** What one policy says. Everything that applies to a caller has to allow a run. */
export interface PolicyRules {
  /** Keys of connectors; null for all of them. */
  readonly connectors: readonly string[] | null
  /** Full ids of actions, `*` standing for any text; null for all of them. */
  readonly actions: readonly string[] | null
  /** Taken out of {@link PolicyRules.actions} again. */
  readonly exceptActions: readonly string[]
  /** HTTP methods, upper case, that requests to providers may use; null for all of them. */
  readonly methods: readonly string[] | null
  /** Actions that write are refused. */
  readonly readOnly: boolean
  /** Lets actions run that rest on an assumption. */
  readonly allowPreview: boolean
  /** Lets the passthrough use methods that write. */
  readonly allowPassthroughWrites: boolean
  /** Calls that are refused until they are made again with a token that stands for them. */
  readonly confirm: ConfirmedCalls
  /** Whether the caller confirms alone, having seen what would be sent, or an operator has to agree. */
  readonly confirmBy: 'caller' | 'operator'
}

/**
 * Whom or what a policy is about: everybody, agents (whoever comes by MCP), the holder of one key, or whatever is done
 * with one account.
 */
export type PolicySubject = 'project' | 'agents' | `key:${string}` | `account:${string}`

const everything: PolicyRules = {
  connectors: null,
  actions: null,
  exceptActions: [],
  methods: null,
  readOnly: false,
  allowPreview: true,
  allowPassthroughWrites: true,
  confirm: 'none',
  confirmBy: 'caller',
}

/**
 * What holds while nothing was said. Preview actions rest on assumptions and are off. A program's passthrough may
 * write, since that is what it is for; an agent's may not. An agent confirms what takes something away: a model that
 * meant another record is told once more which one it is (docs/decisions/0070-confirmations.md).
 */
export function defaultRules(subject: PolicySubject): PolicyRules {
  if (subject === 'project') return { ...everything, allowPreview: false }
  if (subject === 'agents') return { ...everything, allowPassthroughWrites: false, confirm: 'removals' }
  return everything
}

export function isPolicySubject(text: string): text is PolicySubject {
  return text === 'project' || text === 'agents' || /^(?:key|account):\w+$/.test(text)
}
