// How quick the hub lists accounts: 10,000 linked accounts and 100 connectors, over real connections.
// node bench/hub-accounts.ts
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createHub, defaultProject } from '../src/hub/index.ts'

const accountCount = 10_000
const connectorCount = 100
const rounds = 60

const folder = await mkdtemp(join(tmpdir(), 'mainspring-bench-'))
const connectors = join(folder, 'connectors')
const source = fileURLToPath(new URL('../connectors/clockwork', import.meta.url))
await mkdir(connectors)
for (let index = 0; index < connectorCount; index++) {
  const target = join(connectors, `clockwork${index}`)
  await cp(source, target, { recursive: true, filter: (path) => !/examples|test\.ts|README/.test(path) })
  const file = join(target, 'clockwork.connector.s1.yaml')
  await writeFile(file, (await readFile(file, 'utf8')).replace('key: clockwork', `key: clockwork${index}`))
}

const apiKey = 'msk_bench_0123456789_bench'
const hub = await createHub({ connectors, dataFolder: join(folder, 'data'), apiKey })
const url = await hub.listen({ port: 0 })
const { store, vault, login } = hub.services

for (let batch = 0; batch < accountCount / 500; batch++)
  await store.transaction(async (repositories) => {
    for (let index = batch * 500; index < (batch + 1) * 500; index++) {
      const createdAt = new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString()
      const id = `acc_bench${index}`
      await repositories.accounts.link({
        id,
        projectId: defaultProject,
        provider: `clockwork${index % connectorCount}`,
        integrationId: `clockwork${index % connectorCount}.api_key.production`,
        authentication: 'api_key',
        environment: 'production',
        type: 'production',
        originOwnerId: `owner-${index % 4000}`,
        originOwnerName: `Owner ${index % 4000}`,
        originUsername: null,
        label: `Account ${index}`,
        status: index % 50 === 0 ? 'error' : 'active',
        statusReasons: [],
        setupInformation: { firmName: 'acme' },
        metadata: {},
        identityKey: null,
        lastUsedAt: null,
        lastError: null,
        createdAt,
        updatedAt: createdAt,
      })
      await vault.write(
        repositories,
        { projectId: defaultProject, kind: 'account', subjectId: id },
        {
          credentials: { firmName: 'acme', apiKey: 'k', apiSecret: 's', firmServiceKey: 'f' },
        },
      )
    }
  })

const authorization = `Basic ${btoa(`${apiKey}:`)}`
const signedIn = await fetch(`${url}/login?token=${await login.createLinkToken(defaultProject)}`, {
  redirect: 'manual',
})
const cookie = signedIn.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''

const cases: readonly (readonly [name: string, path: string])[] = [
  ['API, first page of 25', '/accounts'],
  ['API, page of 100', '/accounts?page_size=100'],
  ['API, last page', '/accounts?page=400'],
  ['API, one owner', '/accounts?origin_owner_id=owner-17'],
  ['API, search', '/accounts?search=owner%203999'],
  ['API, status', '/accounts?status=error'],
  ['API, 100 connectors', '/connectors/meta'],
  ['page of accounts', '/accounts'],
  ['page of the catalog', '/catalog'],
]
process.stdout.write(
  `Node ${process.version}, ${accountCount} accounts, ${connectorCount} connectors, ${rounds} rounds\n`,
)
for (const [name, path] of cases) {
  const headers: Record<string, string> = name.startsWith('page')
    ? { cookie, accept: 'text/html' }
    : { authorization }
  const times: number[] = []
  for (let round = 0; round < rounds + 5; round++) {
    const begin = performance.now()
    const answer = await fetch(`${url}${path}`, { headers })
    await answer.text()
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
    if (round >= 5) times.push(performance.now() - begin)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(1).padStart(7)
  process.stdout.write(`${name.padEnd(24)} median ${at(0.5)} ms   p95 ${at(0.95)} ms\n`)
}
await hub.close()
await rm(folder, { recursive: true })
