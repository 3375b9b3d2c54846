import type { AuditEntry } from '../../store/index.ts'

const texts: Readonly<Record<string, string>> = {
  'account.linked': 'Linked',
  'account.relinked': 'Connected again',
  'account.deleted': 'Disconnected',
  'account.reconnect-needed': 'Needs to be connected again',
  'account.circuit-opened': 'The provider failed too often and is left alone for a while',
  'account.circuit-closed': 'The provider works again',
  'account.renewal-recovered': 'Took up a renewal that a sudden end had broken off',
  'subscription.added': 'Subscribed to events',
  'subscription.ended': 'Ended the subscription to events',
}

const changed: Readonly<Record<string, string>> = {
  label: 'label',
  originOwnerId: 'owner',
  originOwnerName: 'owner',
  originUsername: 'user name',
  metadata: 'metadata',
  type: 'type',
  status: 'status',
}

/** An entry of the audit, in words. */
export function historyText({ action, detail }: Pick<AuditEntry, 'action' | 'detail'>): string {
  if (action !== 'account.updated') return texts[action] ?? action
  const keys = Array.isArray(detail['changed']) ? detail['changed'].map(String) : []
  const names = [...new Set(keys.map((key) => changed[key] ?? key))]
  return names.length === 0 ? 'Changed' : `Changed the ${names.join(', ')}`
}

/** Who did it, in words. */
export function whoText(actor: string): string {
  const [kind] = actor.split(':', 1)
  const known: Readonly<Record<string, string>> = {
    key: 'by an API key',
    login: 'from the dashboard',
    connect: 'on the connect page',
    system: 'by the hub',
    operator: 'at the command line',
  }
  return known[kind ?? ''] ?? actor
}
