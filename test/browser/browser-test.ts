import { test } from '@jest/globals'
import { findChromium } from './chromium.ts'

/** Twenty pages are looked at in one test, on a machine that may be busy. */
const timeoutMs = 120_000

/**
 * A test that needs Chromium. Where there is none it is skipped, and its name says how to get one; in CI it fails, so
 * that nobody takes silence for success.
 */
export function browserTest(name: string, run: () => Promise<void>): void {
  const missing = findChromium() === undefined
  if (missing && process.env['CI'] === undefined)
    test.skip(`${name} (skipped: no Chromium here; apt-get install chromium, or CHROMIUM=<path>)`, () => {})
  else test(name, run, timeoutMs)
}
