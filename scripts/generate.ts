// Writes every generated file of the repository; with --check it only compares, and fails on a difference.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { generators } from './generate/registry.ts'

const root = new URL('../', import.meta.url)
const check = process.argv.includes('--check')
const stale: string[] = []

for (const generator of generators) {
  const file = new URL(generator.path, root)
  const expected = await generator.generate()
  if (read(file) === expected) continue
  stale.push(generator.path)
  if (check) continue
  mkdirSync(new URL('.', file), { recursive: true })
  writeFileSync(file, expected)
}

for (const path of stale) process.stdout.write(check ? `${path} is out of date\n` : `${path} written\n`)
if (check && stale.length > 0) {
  process.stdout.write('Run `npm run generate`.\n')
  process.exitCode = 1
}

function read(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
