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
}

/** Whom a policy is about: everybody, agents (whoever comes by MCP), or the holder of one key. */
export type PolicySubject = 'project' | 'agents' | `key:${string}`

const everything: PolicyRules = {
  connectors: null,
  actions: null,
  exceptActions: [],
  methods: null,
  readOnly: false,
  allowPreview: true,
  allowPassthroughWrites: true,
}

/**
 * What holds while nothing was said. Preview actions rest on assumptions and are off. A program's passthrough may
 * write, since that is what it is for; an agent's may not.
 */
export function defaultRules(subject: PolicySubject): PolicyRules {
  if (subject === 'project') return { ...everything, allowPreview: false }
  if (subject === 'agents') return { ...everything, allowPassthroughWrites: false }
  return everything
}

export function isPolicySubject(text: string): text is PolicySubject {
  return text === 'project' || text === 'agents' || /^key:\w+$/.test(text)
}
