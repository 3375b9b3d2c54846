import type { Transaction } from 'kysely'
import type { DatabaseKind } from '../open-database.ts'
import type { Tables } from '../tables.ts'
import { accountsAndConnecting } from './001-accounts-and-connecting.ts'
import { runningAndTelling } from './002-running-and-telling.ts'
import { confirmations } from './003-confirmations.ts'
import { eventsOfProviders } from './004-events-of-providers.ts'
import { leases } from './005-leases.ts'
import { keysAndAudit } from './006-keys-and-audit.ts'

/** Changes the tables. A migration that was released is never edited. */
export type Migration = (transaction: Transaction<Tables>, kind: DatabaseKind) => Promise<void>

/** In the order of application. */
export const migrations: Readonly<Record<string, Migration>> = {
  '001-accounts-and-connecting': accountsAndConnecting,
  '002-running-and-telling': runningAndTelling,
  '003-confirmations': confirmations,
  '004-events-of-providers': eventsOfProviders,
  '005-leases': leases,
  '006-keys-and-audit': keysAndAudit,
}
