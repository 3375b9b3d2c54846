import { readFileSync } from 'node:fs'
import { judgeLicences, type LockedPackage } from './supply-chain/judge-licences.ts'

/** Every package of the lock file against the lists of licences. */
const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Record<string, LockedPackage>
}
const refused = judgeLicences(packages)
for (const line of refused) process.stderr.write(`${line}\n`)
const count = Object.keys(packages).length - 1
process.stdout.write(`${count} packages, ${refused.length} with a licence that is not allowed\n`)
process.exitCode = refused.length === 0 ? 0 : 1
