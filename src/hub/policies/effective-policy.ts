import type { ActionListing } from '../../catalog/index.ts'
import { PolicyError } from '../../errors/index.ts'
import { type ActionPlan, asksConfirmation, type StepCall } from '../../plan/index.ts'
import type { PolicyRules, PolicySubject } from './policy-rules.ts'

export interface AppliedPolicy {
  readonly subject: PolicySubject
  readonly rules: PolicyRules
}

/** All policies that apply to one caller, as one. */
export interface EffectivePolicy {
  /** Equal texts, equal rules. */
  readonly fingerprint: string
  readonly allowPreview: boolean
  readonly allowPassthroughWrites: boolean
  /** Methods are limited: only a compiled plan can tell whether an action is offered. */
  readonly limitsMethods: boolean
  /** Whether the caller is to see the action in lists. */
  offers(connectorKey: string, action: ActionListing | ActionPlan): boolean
  /** Before every run: a list is no guard. @throws {PolicyError} `policy/action-not-allowed` */
  check(connectorKey: string, action: ActionPlan, inputs: Readonly<Record<string, unknown>>): void
  /**
   * Of a call that writes and is no action, such as the revocation of tokens.
   *
   * @returns why it may not be sent, and whose word that is; undefined where it may
   */
  refusesCall(connectorKey: string, method: string): string | undefined
  /**
   * Who has to confirm a call before it is sent; undefined where nobody has to.
   *
   * @param inputs - left out where they are not known yet: what the action could do at most counts then
   */
  confirmedBy(
    action: ActionPlan,
    inputs?: Readonly<Record<string, unknown>>,
  ): PolicyRules['confirmBy'] | undefined
}

/** @param readOnlyKey - the caller's API key has the scope `read` alone */
export function combinePolicies(applied: readonly AppliedPolicy[], readOnlyKey: boolean): EffectivePolicy {
  const all = applied.map(({ subject, rules }) => ({
    subject,
    rules,
    includes: rules.actions === null ? () => true : matcher(rules.actions),
    excludes: matcher(rules.exceptActions),
  }))
  const readOnly = readOnlyKey || all.some(({ rules }) => rules.readOnly)
  const allowPassthroughWrites = !readOnly && all.every(({ rules }) => rules.allowPassthroughWrites)
  const allowPreview = all.every(({ rules }) => rules.allowPreview)

  /** @returns why not, and whose word it is */
  const refusal = (connectorKey: string, action: ActionListing): string | undefined => {
    if (readOnlyKey && isWrite(action)) return 'the API key may only read'
    for (const { subject, rules, includes, excludes } of all) {
      const who = `the policy of ${subjectName(subject)}`
      if (rules.connectors !== null && !rules.connectors.includes(connectorKey))
        return `${who} leaves out the connector`
      if (!includes(action.qualifiedId) || excludes(action.qualifiedId)) return `${who} leaves out the action`
      if (rules.readOnly && isWrite(action)) return `${who} allows reading alone`
      if (!rules.allowPreview && action.stage === 'preview') return `${who} allows no preview actions`
      const method = refusedMethod(rules, action)
      if (method !== undefined) return `${who} allows no ${method}`
    }
    return undefined
  }

  return {
    fingerprint: JSON.stringify([readOnlyKey, applied]),
    allowPreview,
    allowPassthroughWrites,
    limitsMethods: all.some(({ rules }) => rules.methods !== null),
    offers: (connectorKey, action) => refusal(connectorKey, action) === undefined,
    refusesCall(connectorKey, method) {
      for (const { subject, rules } of all) {
        const who = `the policy of ${subjectName(subject)}`
        if (rules.connectors !== null && !rules.connectors.includes(connectorKey))
          return `${who} leaves out the connector`
        if (rules.readOnly) return `${who} allows reading alone`
        if (rules.methods !== null && !rules.methods.includes(method)) return `${who} allows no ${method}`
      }
      return undefined
    },
    confirmedBy(action, inputs) {
      // One that can only read has nothing to confirm.
      if (action.passthrough && inputs === undefined && !allowPassthroughWrites) return undefined
      const asking = all.filter(({ rules }) => asksConfirmation(action, rules.confirm, inputs))
      if (asking.length === 0) return undefined
      return asking.some(({ rules }) => rules.confirmBy === 'operator') ? 'operator' : 'caller'
    },
    check(connectorKey, action, inputs) {
      const why = refusal(connectorKey, action) ?? refusedPassthrough(all, action, inputs)
      if (why === undefined) return
      const preview = action.stage === 'preview' && !allowPreview
      throw new PolicyError(preview ? 'policy/preview-not-allowed' : 'policy/action-not-allowed', {
        message: `"${action.qualifiedId}" was not run: ${why}.`,
        ...(preview ? { hint: 'An operator can allow preview actions on the policies page.' } : {}),
        action: action.qualifiedId,
      })
    },
  }
}

/** The passthrough reads unless its caller names another method, which is checked for itself. */
function isWrite({ effect, passthrough }: ActionListing): boolean {
  return effect === 'write' && !passthrough
}

function refusedMethod({ methods }: PolicyRules, action: ActionListing): string | undefined {
  if (methods === null || action.passthrough) return undefined
  const used = 'steps' in action ? methodsOf(action as ActionPlan) : []
  return used.find((method) => !methods.includes(method))
}

function refusedPassthrough(
  all: readonly AppliedPolicy[],
  action: ActionPlan,
  inputs: Readonly<Record<string, unknown>>,
): string | undefined {
  if (!action.passthrough) return undefined
  const given = inputs['method']
  const method = typeof given === 'string' ? given.toUpperCase() : 'GET'
  const refusing = all.find(({ rules }) => rules.methods !== null && !rules.methods.includes(method))
  return refusing && `the policy of ${subjectName(refusing.subject)} allows no ${method}`
}

/** A call that is no plain request says nothing of its method. */
function methodsOf({ steps }: ActionPlan): string[] {
  return steps.flatMap(({ calls }) => calls.flatMap((call: StepCall) => methodOf(call) ?? []))
}

function methodOf(call: StepCall): string | undefined {
  return 'request' in call ? call.request.method : undefined
}

function subjectName(subject: PolicySubject): string {
  if (subject === 'project') return 'this hub'
  if (subject === 'agents') return 'agents'
  return subject.startsWith('account:') ? 'this account' : 'this API key'
}

function matcher(patterns: readonly string[]): (id: string) => boolean {
  return (id) => patterns.some((pattern) => matchesStars(id, pattern))
}

/** Whether a text is the pattern, each `*` standing for any text. Its parts are looked for in turn, so that it is quick. */
function matchesStars(text: string, pattern: string): boolean {
  const [start = '', ...parts] = pattern.split('*')
  const end = parts.pop()
  if (end === undefined) return text === pattern
  let from = start.length
  const isBounded = text.startsWith(start) && text.endsWith(end) && text.length >= start.length + end.length
  if (!isBounded) return false
  for (const part of parts) {
    const found = text.indexOf(part, from)
    if (found === -1 || found + part.length > text.length - end.length) return false
    from = found + part.length
  }
  return true
}
