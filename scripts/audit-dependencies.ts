import { spawnSync } from 'node:child_process'
import { readAudit } from './supply-chain/read-audit.ts'

/** Known vulnerabilities of what is shipped, high and critical ones. */
const { stdout } = spawnSync('npm', ['audit', '--json', '--omit=dev'], { encoding: 'utf8', timeout: 60_000 })
const result = readAudit(stdout ?? '')
if (result.kind === 'unreachable')
  process.stdout.write(`NOT CHECKED: the registry gives no advisories here (${result.why}).\n`)
if (result.kind === 'clean') process.stdout.write('No high or critical advisory for what is shipped.\n')
if (result.kind === 'vulnerable') for (const line of result.lines) process.stderr.write(`${line}\n`)
process.exitCode = result.kind === 'vulnerable' ? 1 : 0
