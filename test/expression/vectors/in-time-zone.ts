import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { CaseInput, Outcome } from './run-cases.ts'

const script = fileURLToPath(new URL('./run-cases.ts', import.meta.url))

/** What comes of the cases in a process of that time zone, with the clock standing still at `now` (ISO 8601). */
export function runInTimeZone(
  timeZone: string,
  now: string,
  cases: readonly CaseInput[],
): readonly Outcome[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    input: JSON.stringify({ now, cases }),
    env: { ...process.env, TZ: timeZone },
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  })
  if (status !== 0) throw new Error(`The cases could not be run: ${stderr}`)
  return JSON.parse(stdout) as Outcome[]
}
