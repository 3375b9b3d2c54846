import { createConnection } from 'node:net'
import pg from 'pg'

/** A PostgreSQL for the tests; `.ci/run` starts one at the usual place where it has to. */
export const postgresUrl = process.env['TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'

/** How to have the tests that need one run, for the name of those that are skipped. */
export const postgresHint =
  'needs PostgreSQL at TEST_POSTGRES_URL, by default postgres://postgres@127.0.0.1:5432/postgres (Debian: apt-get install postgresql; docker: postgres:17)'

/** Whether one listens there; asked once, before the tests are declared. */
export async function isPostgresThere(): Promise<boolean> {
  const { hostname, port } = new URL(postgresUrl)
  return new Promise((resolve) => {
    const socket = createConnection({ host: hostname, port: Number(port || 5432), timeout: 1000 })
    const settle = (there: boolean) => {
      socket.destroy()
      resolve(there)
    }
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
    socket.once('timeout', () => settle(false))
  })
}

/** A schema of its own, so that runs side by side do not meet. */
export async function createSchema(): Promise<{ readonly name: string; drop(): Promise<void> }> {
  const name = `mainspring_test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
  await execute(`create schema ${name}`)
  return { name, drop: () => execute(`drop schema ${name} cascade`) }
}

async function execute(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
