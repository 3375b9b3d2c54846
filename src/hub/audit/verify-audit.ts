import type { HubOptions } from '../hub-options.ts'
import { databaseAddress } from '../store/database-address.ts'
import type { AuditVerdict } from '../store/index.ts'
import { openExisting } from '../store/open-existing.ts'

/**
 * Verifies the audit of every project from the database itself, without a hub: also while one runs.
 *
 * @param head - the hash of an entry that was noted before; it is looked for in every project
 * @throws {HubError} `hub/store-unreachable`: there is no database; nothing is made
 */
export async function verifyAudit(
  place: Pick<HubOptions, 'dataFolder' | 'databaseUrl' | 'databaseSchema'>,
  head?: string,
): Promise<readonly (AuditVerdict & { readonly project: string })[]> {
  const store = await openExisting(databaseAddress(place))
  try {
    const projects = await store.projects.list()
    return await Promise.all(
      projects.map(async ({ id }) => ({ project: id, ...(await store.audit.verify(id, head)) })),
    )
  } finally {
    await store.close()
  }
}
