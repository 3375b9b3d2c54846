import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'

jest.setTimeout(120_000)

const root = fileURLToPath(new URL('../../', import.meta.url))
const run = promisify(execFile)
let folder: string

/** Packs the project as it would be published, and installs it where nothing else is. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainspring-package-'))
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root })
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [{ filename: string }]
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'user', private: true, type: 'module' }),
  )
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', join(folder, filename)], {
    cwd: folder,
  })
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const cli = (...args: string[]) =>
  run(process.execPath, [join(folder, 'node_modules/mainspring/dist/cli/main.js'), ...args], { cwd: folder })

test('the installed command knows its version, its connectors, and runs one against a sandbox', async () => {
  expect((await cli('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect((await cli('connectors')).stdout).toContain('clockwork')
  const { stdout } = await cli(
    'run',
    'clockwork_list_people',
    '--input',
    'page_size=2',
    '--sandbox',
    '--out',
    'json',
  )
  expect(JSON.parse(stdout)).toMatchObject({
    data: [{ id: expect.any(String) }, { id: expect.any(String) }],
    next: expect.any(String),
  })
})

test('the main entry exports what the contract names', async () => {
  const script = `
    import * as mainspring from 'mainspring'
    console.log(['loadConnector', 'compileConnector', 'compileExpression', 'runAction', 'iterateAction', 'explainAction'].map((name) => typeof mainspring[name]).join())
  `
  await writeFile(join(folder, 'entry.js'), script)
  const { stdout } = await run(process.execPath, ['entry.js'], { cwd: folder })
  expect(stdout.trim()).toBe(Array(6).fill('function').join())
})

test('its types are there and strict', async () => {
  const script = `
    import { compileConnector, loadConnector, runAction, type MainspringError } from 'mainspring'
    const { model, diagnostics } = await loadConnector('x')
    const first: string | undefined = diagnostics[0]?.location.file
    if (model !== null) {
      const { data, next } = await runAction(compileConnector(model), 'list', { inputs: { a: 1 } })
      const cursor: string | undefined = next
      // @ts-expect-error unknown options are refused
      await runAction(compileConnector(model), 'list', { inputz: {} })
      void [data, cursor]
    }
    export const codeOf = (error: MainspringError): string => error.code + first
  `
  await writeFile(join(folder, 'types.ts'), script)
  const tsc = join(root, 'node_modules/.bin/tsc')
  const flags = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--types',
    'node',
    '--typeRoots',
    join(root, 'node_modules/@types'),
    '--skipLibCheck',
    'types.ts',
  ]
  await expect(run(tsc, flags, { cwd: folder })).resolves.toMatchObject({ stdout: '' })
})
