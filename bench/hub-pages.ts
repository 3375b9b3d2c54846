// How the hub's pages bear a large hub: 10,000 accounts and 100 connectors beside 10 accounts and one connector, the same
// pages in alternation. Run: npx node bench/hub-pages.ts
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createHub, type Hub } from '../src/hub/index.ts'

const clockwork = fileURLToPath(new URL('../connectors/clockwork', import.meta.url))
const rounds = 30
const person = { accept: 'text/html' }

interface Size {
  readonly name: string
  readonly accounts: number
  readonly connectors: number
}

interface Measured {
  readonly size: Size
  readonly hub: Hub
  readonly cookie: string
  readonly paths: Readonly<Record<string, string>>
  readonly folder: string
}

/** Copies of Clockwork's connector under other keys. */
function makeConnectors(folder: string, count: number): void {
  for (let at = 1; at <= count; at += 1) {
    const key = `clockwork${at}`
    const target = join(folder, key)
    cpSync(clockwork, target, {
      recursive: true,
      filter: (path) => !path.includes('examples') && !path.endsWith('.ts'),
    })
    for (const file of readdirSync(target)) {
      const path = join(target, file)
      const text = readFileSync(path, 'utf8')
      writeFileSync(
        path,
        text.replace(/^( {2}key: )clockwork$/m, `$1${key}`).replaceAll('$ref: clockwork.', `$ref: ${key}.`),
      )
      renameSync(path, join(target, file.replace(/^clockwork\./, `${key}.`)))
    }
  }
}

async function addAccounts({ services }: Hub, count: number, connectors: number): Promise<string> {
  const word = (at: number) => ['Acme', 'Harbor', 'Tidewater', 'Northwind', 'Blue Ridge', 'Lakeside'][at % 6]
  let last = ''
  await services.store.transaction(async (repositories) => {
    for (let at = 1; at <= count; at += 1) {
      last = `acc_${String(at).padStart(24, 'a')}`
      const linkedAt = new Date(Date.UTC(2026, 0, 1) + at * 60_000).toISOString()
      await repositories.accounts.link({
        id: last,
        projectId: 'default',
        provider: `clockwork${(at % connectors) + 1}`,
        integrationId: `clockwork${(at % connectors) + 1}.api_key.production`,
        authentication: 'api_key',
        environment: 'production',
        type: 'production',
        originOwnerId: `customer-${at}`,
        originOwnerName: `${word(at)} Search ${at}`,
        originUsername: null,
        label: at % 3 === 0 ? `Office ${at}` : null,
        status: at % 50 === 0 ? 'error' : 'active',
        statusReasons: [],
        setupInformation: { firmName: 'acme' },
        metadata: {},
        identityKey: `identity-${at}`,
        lastUsedAt: linkedAt,
        lastError: null,
        createdAt: linkedAt,
        updatedAt: linkedAt,
      })
      const subject = { projectId: 'default', kind: 'account', subjectId: last } as const
      await services.vault.write(repositories, subject, { credentials: { firmName: 'acme', apiKey: 'key' } })
    }
  })
  return last
}

async function build(size: Size): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'mainspring-bench-'))
  const connectors = join(folder, 'connectors')
  mkdirSync(connectors)
  makeConnectors(connectors, size.connectors)
  const hub = await createHub({ connectors, dataFolder: join(folder, 'data') })
  const account = await addAccounts(hub, size.accounts, size.connectors)
  const { services } = hub
  const login = await hub.app.inject({
    url: `/login?token=${await services.login.createLinkToken('default')}`,
    headers: person,
  })
  const [cookie = ''] = String(login.headers['set-cookie']).split(';', 1)
  const { linkToken } = await services.connectSessions.create(
    'default',
    { originOwnerId: 'x', originOwnerName: 'X', provider: 'clockwork1' },
    { kind: 'system' },
  )
  return {
    size,
    hub,
    cookie,
    folder,
    paths: {
      'accounts, first page': '/accounts',
      'accounts, last page': `/accounts?page=${Math.ceil(size.accounts / 25)}`,
      'accounts, search': '/accounts?search=harbor+search+8',
      'accounts, one status': '/accounts?status=error',
      'one account': `/accounts/${account}`,
      catalog: '/catalog',
      'catalog, search': '/catalog?search=people',
      'one connector': '/catalog/clockwork1',
      'connect page': `/connect/${linkToken}`,
    },
  }
}

async function load({ hub, cookie }: Measured, path: string): Promise<number> {
  const started = performance.now()
  const { statusCode } = await hub.app.inject({ url: path, headers: { ...person, cookie } })
  if (statusCode !== 200) throw new Error(`${path}: ${statusCode}`)
  return performance.now() - started
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const worst = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0

const [small, large] = [
  await build({ name: 'small', accounts: 10, connectors: 1 }),
  await build({ name: 'large', accounts: 10_000, connectors: 100 }),
]
const lines = [
  `Node ${process.version}; SQLite; ${rounds} rounds in alternation, after one that is not counted.`,
  `Small: 10 accounts, 1 connector. Large: 10,000 accounts, 100 connectors of 24 actions each.`,
  '',
  '| Page | small, median ms | large, median ms | large, 95 % ms | ratio | large, first time ms |',
  '|---|--:|--:|--:|--:|--:|',
]
for (const [name, path] of Object.entries(small.paths)) {
  const largePath = large.paths[name] ?? ''
  const first = await load(large, largePath)
  await load(small, path)
  const times: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    times[0].push(await load(small, path))
    times[1].push(await load(large, largePath))
  }
  const [a, b] = [median(times[0]), median(times[1])]
  const cells = [name, ...[a, b, worst(times[1]), b / a, first].map((value) => value.toFixed(1))]
  lines.push(`| ${cells.join(' | ')} |`)
}
process.stdout.write(`${lines.join('\n')}\n`)
for (const { hub, folder } of [small, large]) {
  await hub.close()
  rmSync(folder, { recursive: true })
}
