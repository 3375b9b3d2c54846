import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'

jest.setTimeout(120_000)

const root = fileURLToPath(new URL('../../', import.meta.url))
const run = promisify(execFile)
/** What runs the tests runs the installed command. */
const nodeFirst = [dirname(process.execPath), process.env['PATH']].join(delimiter)
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

test('the installed start serves the hub with its sandbox and connectors, links an account, and ends cleanly', async () => {
  const args = ['start', '--json', '--port', '0', '--data', join(folder, 'data')]
  const child = spawn(join(folder, 'node_modules/.bin/mainspring'), args, {
    cwd: folder,
    env: { PATH: nodeFirst },
  })
  try {
    const ended = once(child, 'close')
    const output = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text
      })
    while (!output.stdout.includes('\n') && child.exitCode === null)
      await Promise.race([once(child.stdout, 'data'), ended])
    expect(output).toMatchObject({ stdout: expect.stringContaining('\n') })
    const { url, apiKey, loginUrl, sandbox } = JSON.parse(output.stdout) as {
      readonly url: string
      readonly apiKey: string
      readonly loginUrl: string
      readonly sandbox: { readonly credentials: object }
    }
    const health = await fetch(`${url}/health`)
    expect({ status: health.status, body: await health.json() }).toMatchObject({
      status: 200,
      body: { status: 'ok' },
    })

    const headers = { authorization: `Basic ${btoa(`${apiKey}:`)}`, 'content-type': 'application/json' }
    const post = async (path: string, body: object, more: Readonly<Record<string, string>>) => {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: more,
        body: JSON.stringify(body),
      })
      return { status: response.status, body: (await response.json()) as Readonly<Record<string, string>> }
    }
    const owner = { origin_owner_id: '1', origin_owner_name: 'Acme', provider: 'clockwork' }
    const session = await post('/connect_sessions', owner, headers)
    const linked = await post(
      '/hub/accounts',
      { integration_id: 'clockwork.api_key.sandbox', credentials: sandbox.credentials },
      { 'content-type': 'application/json', 'x-hub-session-token': session.body['token'] ?? '' },
    )
    expect(linked).toMatchObject({ status: 201, body: { provider: 'clockwork' } })

    // The pages, with their styles and scripts, are in the package as well.
    const login = await fetch(loginUrl, { redirect: 'manual' })
    const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    for (const address of [`${url}/accounts`, session.body['auth_link_url'] ?? '']) {
      const page = await fetch(address, { headers: { cookie, accept: 'text/html' } })
      const html = await page.text()
      const assets = [...html.matchAll(/(?:href|src)="([^"]+\.(?:css|js))"/g)].map(([, path = '']) => path)
      expect(assets.length).toBeGreaterThan(1)
      for (const path of assets)
        expect({ path, status: (await fetch(new URL(path, url))).status }).toEqual({ path, status: 200 })
    }

    child.kill('SIGTERM')
    const [code] = await ended
    expect({ code, lines: output.stdout.trimEnd().split('\n').length }).toEqual({ code: 0, lines: 1 })
  } finally {
    child.kill('SIGKILL')
  }
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
