import { readFile } from 'node:fs/promises'
import { expect, test } from '@jest/globals'
import { cliReference } from '../../scripts/generate/cli-reference.ts'
import { buildProgram } from '../../src/cli/program/program.ts'

const page = readFile(new URL(`../../${cliReference.path}`, import.meta.url), 'utf8')

test('the reference page is the one that the commands give', async () => {
  expect(await page).toBe(await cliReference.generate())
})

test('it names every command with every option and example', async () => {
  const text = await page
  const program = buildProgram('0.0.0', async () => undefined)
  for (const command of program.commands) {
    expect(text).toContain(`\n## ${command.name()}\n`)
    for (const option of command.options) expect(text).toContain(`| \`${option.flags}\` |`)
  }
})
