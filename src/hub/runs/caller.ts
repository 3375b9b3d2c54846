import { type Actor, actorText } from '../audit/actor.ts'
import type { ApiKey } from '../keys/api-keys.ts'

/** Who asks for a run, as far as a run depends on it. */
export interface Caller {
  readonly projectId: string
  readonly actor: Actor
  readonly keyId?: string
  /** The only account that the caller may use; null for every one of the project. */
  readonly accountId: string | null
  readonly canWrite: boolean
  /** Comes by MCP: a model chooses what is called. */
  readonly agent: boolean
}

export function callerOfKey(key: ApiKey, { agent = false } = {}): Caller {
  return {
    projectId: key.projectId,
    actor: { kind: 'key', id: key.id },
    keyId: key.id,
    accountId: key.accountId,
    canWrite: key.scopes.some((scope) => scope !== 'read'),
    agent,
  }
}

/** A person at the dashboard may do what the project may. */
export function callerOfLogin(projectId: string, loginId: string): Caller {
  return {
    projectId,
    actor: { kind: 'login', id: loginId },
    accountId: null,
    canWrite: true,
    agent: false,
  }
}

/** As logs and kept answers name it. */
export function callerName({ actor }: Caller): string {
  return actorText(actor)
}
