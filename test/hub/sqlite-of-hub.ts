import { DatabaseSync } from 'node:sqlite'
import { jest } from '@jest/globals'

/** What starts a hub, with the connection that it has to its file: what the disk does to it can then be played. */
export async function withConnection<Hub>(
  start: () => Promise<Hub>,
): Promise<{ readonly hub: Hub; readonly database: DatabaseSync }> {
  const opened: DatabaseSync[] = []
  const exec = DatabaseSync.prototype.exec
  const spy = jest.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (
    this: DatabaseSync,
    sql,
  ) {
    if (sql.includes('journal_mode')) opened.push(this)
    return exec.call(this, sql)
  })
  const hub = await start()
  spy.mockRestore()
  const [database] = opened
  if (database === undefined) throw new Error('The hub opened no file')
  return { hub, database }
}

/** From now on the file takes not one page more. @returns what makes room */
export function fillDisk(database: DatabaseSync): () => void {
  const { page_count: pages } = database.prepare('pragma page_count').get() as { page_count: number }
  database.exec(`pragma max_page_count = ${pages}`)
  return () => database.exec('pragma max_page_count = 1000000')
}

/** From now on nothing is written. @returns what lets it be written again */
export function lockDisk(database: DatabaseSync): () => void {
  database.exec('pragma query_only = on')
  return () => database.exec('pragma query_only = off')
}
