import { type Actor, actorText } from '../audit/actor.ts'
import { HubError } from '../hub-error.ts'
import type { Caller } from '../runs/caller.ts'
import type { PolicyRecord, Store } from '../store/index.ts'
import { type AppliedPolicy, combinePolicies, type EffectivePolicy } from './effective-policy.ts'
import { defaultRules, type PolicyRules, type PolicySubject } from './policy-rules.ts'

/** A policy as it is in force. */
export interface Policy {
  readonly subject: PolicySubject
  readonly rules: PolicyRules
  /** Absent while the default holds. */
  readonly updatedAt?: string
}

/** What callers may run. Every policy that applies has to allow it. */
export interface PolicyService {
  /** Of the project, of agents, and of every key and account that has one. */
  list(projectId: string): Promise<readonly Policy[]>
  get(projectId: string, subject: PolicySubject): Promise<Policy>
  /** @throws {HubError} `hub/key-unknown`, `hub/account-unknown` */
  save(projectId: string, subject: PolicySubject, rules: PolicyRules, actor: Actor): Promise<Policy>
  /** Back to the default. */
  reset(projectId: string, subject: PolicySubject, actor: Actor): Promise<Policy>
  /** Everything that applies to a caller, and to what is done with one account where it is known. */
  of(caller: Caller, accountId?: string): Promise<EffectivePolicy>
}

interface Understood {
  readonly policies: readonly Policy[]
  readonly combined: Map<string, EffectivePolicy>
}

export function createPolicies(store: Store, clock: () => Date): PolicyService {
  /** What the rows of a project come to, for as long as they are the same rows. */
  const understood = new WeakMap<readonly PolicyRecord[], Understood>()

  const understand = async (projectId: string): Promise<Understood> => {
    const rows = await store.recent.policies(projectId)
    const known = understood.get(rows)
    if (known !== undefined) return known
    const policies = rows.map(({ subject, rules, updatedAt }) => ({
      subject: subject as PolicySubject,
      rules: { ...defaultRules(subject as PolicySubject), ...rules },
      updatedAt,
    }))
    const made = { policies, combined: new Map() }
    understood.set(rows, made)
    return made
  }
  const stored = async (projectId: string) => (await understand(projectId)).policies
  const get = async (projectId: string, subject: PolicySubject): Promise<Policy> => {
    const found = (await stored(projectId)).find((policy) => policy.subject === subject)
    return found ?? { subject, rules: defaultRules(subject) }
  }
  const audited = async (
    projectId: string,
    subject: PolicySubject,
    actor: Actor,
    rules: PolicyRules | undefined,
  ) => {
    const now = clock().toISOString()
    await checkSubject(store, projectId, subject)
    await store.transaction(async ({ policies, audit }) => {
      if (rules === undefined) await policies.remove(projectId, subject)
      else await policies.put({ projectId, subject, rules: { ...rules }, updatedAt: now })
      await audit.append(projectId, {
        at: now,
        actor: actorText(actor),
        action: rules === undefined ? 'policy.reset' : 'policy.saved',
        subject: `policy:${subject}`,
        detail: rules === undefined ? {} : { ...rules },
      })
    })
    return get(projectId, subject)
  }

  return {
    get,
    async list(projectId) {
      const own = (await stored(projectId)).filter(({ subject }) => subject.includes(':'))
      return [await get(projectId, 'project'), await get(projectId, 'agents'), ...own]
    },
    save: (projectId, subject, rules, actor) => audited(projectId, subject, actor, rules),
    reset: (projectId, subject, actor) => audited(projectId, subject, actor, undefined),
    async of({ projectId, keyId, canWrite, agent }, accountId) {
      const subjects: PolicySubject[] = [
        'project',
        ...(agent ? (['agents'] as const) : []),
        ...(keyId === undefined ? [] : ([`key:${keyId}`] as const)),
      ]
      const ofAccount = accountId === undefined ? undefined : (`account:${accountId}` as const)
      // Few accounts have a policy of their own; the others share what was combined.
      const { policies, combined } = await understand(projectId)
      if (ofAccount !== undefined && policies.some(({ subject }) => subject === ofAccount))
        subjects.push(ofAccount)
      const name = JSON.stringify([projectId, canWrite, ...subjects])
      const known = combined.get(name)
      if (known !== undefined) return known
      const applied = subjects.map(
        (subject): AppliedPolicy => ({
          subject,
          rules: policies.find((policy) => policy.subject === subject)?.rules ?? defaultRules(subject),
        }),
      )
      const policy = combinePolicies(applied, !canWrite)
      combined.set(name, policy)
      return policy
    },
  }
}

/** @throws {HubError} `hub/key-unknown`, `hub/account-unknown` */
async function checkSubject(store: Store, projectId: string, subject: PolicySubject): Promise<void> {
  const [kind, id = ''] = subject.split(':', 2)
  if (kind === 'key' && !(await store.apiKeys.list(projectId)).some((key) => key.id === id))
    throw new HubError('hub/key-unknown', { message: `There is no API key ${id}.` })
  if (kind === 'account' && (await store.accounts.get(projectId, id)) === undefined)
    throw new HubError('hub/account-unknown', { message: `There is no account "${id}".` })
}
