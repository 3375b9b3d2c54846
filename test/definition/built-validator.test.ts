import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { ValidateFunction } from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'
import { compileFormat } from '../../src/definition/validate/format-ajv.ts'
import { loadConnector } from '../../src/index.ts'

/** What the package is built with gives the very errors that ajv gives when it compiles the schemas anew. */
let folder: string
let built: ValidateFunction
const { validate } = compileFormat()

beforeAll(async () => {
  // Below the project, so that what it requires of ajv is found.
  folder = await mkdtemp(join(process.cwd(), 'node_modules', '.built-validator-'))
  const { ajv, validate: source } = compileFormat({ source: true })
  const path = join(folder, 'built.cjs')
  await writeFile(path, standalone.default(ajv, source))
  built = createRequire(import.meta.url)(path) as ValidateFunction
})
afterAll(() => rm(folder, { recursive: true }))

const definition = async () => {
  const { model } = await loadConnector('connectors/clockwork')
  return { ...structuredClone(model?.definition) }
}

test('of a good definition there are none', async () => {
  expect(built(await definition())).toBe(true)
  expect(validate(await definition())).toBe(true)
})

test.each([
  ['an unknown key', { nobody: 1 }],
  ['a wrong type', { baseUrl: 7 }],
  ['keys that are missing', { info: {} }],
  ['values that are not known', { actions: [{ actionId: 1, actionType: 'dance', categories: ['x'] }] }],
  ['one of several keys', { actions: [{ actionId: 'a', steps: [{ stepId: 's' }] }] }],
  [
    'a step of a wrong shape',
    {
      actions: [
        {
          actionId: 'a',
          steps: [
            { stepId: 's', stepFunction: { functionName: 'request', parameters: {} }, ignoreError: 'x' },
          ],
        },
      ],
    },
  ],
  ['an authentication that is none', { authentication: [{ a: { type: 'oauth2' } }, 3] }],
  ['extension keys', { 'x-mainspring': { nothing: true } }],
])('%s: the same errors', async (_, changes) => {
  const broken = { ...(await definition()), ...changes }
  expect(validate(broken)).toBe(false)
  expect(built(broken)).toBe(false)
  expect(built.errors).toEqual(validate.errors)
})
