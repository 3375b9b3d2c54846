import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

// No Docker engine runs these tests: the statements are read, and what they name is looked up.
const root = fileURLToPath(new URL('../../', import.meta.url))
const statements = readFileSync(join(root, 'Dockerfile'), 'utf8')
  .replace(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
const of = (word: string) =>
  statements.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1))

test('the last stage runs as a user who is not root, from what was built', () => {
  expect(of('USER')).toEqual(['node'])
  expect(statements.findIndex((line) => line.startsWith('USER'))).toBeLessThan(
    statements.findIndex((line) => line.startsWith('ENTRYPOINT')),
  )
  expect(statements.at(-1)).toBe('CMD ["start"]')
})

test('its Node is one that the package takes', () => {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  for (const image of of('FROM')) {
    expect(image).toMatch(/^node:24-slim( AS build)?$/)
    expect(engines.node).toContain('^24')
  }
})

test('it copies everything that is published, and nothing that is not there', () => {
  const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { files: string[] }
  const copied = of('COPY').flatMap((line) => /--from=build \/build\/(\S+)/.exec(line)?.[1] ?? [])
  for (const folder of files.filter((file) => !/\.md$|LICENSE/.test(file))) expect(copied).toContain(folder)
  for (const file of copied.filter((name) => name !== 'dist')) expect(existsSync(join(root, file))).toBe(true)
})

test('the settings it makes are settings of the hub, and its health check asks where it listens', () => {
  const schema = readFileSync(join(root, 'schemas/hub-config.schema.json'), 'utf8')
  const variables = of('ENV').flatMap((line) =>
    [...line.matchAll(/(MAINSPRING_\w+)=/g)].map(([, name]) => name),
  )
  expect(variables.length).toBeGreaterThan(3)
  for (const name of variables) expect(schema).toContain(`"${name}"`)
  const [port] = of('EXPOSE')
  expect(of('ENV').join(' ')).toContain(`MAINSPRING_PORT=${port}`)
  expect(of('HEALTHCHECK').join(' ')).toContain(`127.0.0.1:${port}/ready`)
})
