import { join } from 'node:path'
import type { HubOptions } from '../hub-options.ts'
import type { DatabaseAddress } from './open-database.ts'

/** The database of a hub: PostgreSQL where one is named, else a file in the data folder, or memory alone. */
export function databaseAddress({
  dataFolder,
  databaseUrl,
  databaseSchema,
}: Pick<HubOptions, 'dataFolder' | 'databaseUrl' | 'databaseSchema'>): DatabaseAddress {
  if (databaseUrl !== undefined)
    return {
      kind: 'postgres',
      url: databaseUrl,
      ...(databaseSchema === undefined ? {} : { schema: databaseSchema }),
    }
  return { kind: 'sqlite', path: dataFolder === undefined ? ':memory:' : join(dataFolder, 'mainspring.db') }
}
