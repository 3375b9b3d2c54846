import { existsSync } from 'node:fs'
import { test } from '@jest/globals'
import { type Browser, chromium } from 'playwright-core'

/** Twenty pages are looked at in one test, on a machine that may be busy. */
const timeoutMs = 120_000
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The browser of the system, or the one that CHROMIUM names; undefined where there is none. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM']
  return named === undefined ? places.find((path) => existsSync(path)) : named
}

export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('Chromium is not installed')
  return chromium.launch({
    executablePath,
    // As root, as in CI, Chromium has no sandbox of its own; the others keep it from asking the network for anything.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

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
