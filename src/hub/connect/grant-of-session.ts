import type { ConnectSessionRecord } from '../store/index.ts'
import type { LinkGrant } from './link-grant.ts'

/** What a connect session lets its holder link. Owner, label and type come from it alone, never from a browser. */
export function grantOfSession(session: ConnectSessionRecord): LinkGrant {
  return {
    projectId: session.projectId,
    actor: { kind: 'connect', id: String(session.id) },
    owner: {
      id: session.originOwnerId,
      name: session.originOwnerName,
      username: session.originUsername,
    },
    accountId: session.accountId,
    multiple: session.multiple,
    label: session.label,
    metadata: session.metadata,
    type: session.type,
    connectSessionId: session.id,
  }
}
