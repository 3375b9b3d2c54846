import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { parseFault, startDropboxSandbox } from '../../src/sandbox/index.ts'
import { runCli } from './run-cli.ts'

const connectors = fileURLToPath(new URL('../../bench/fixtures', import.meta.url))
const bytes = Buffer.from(Array.from({ length: 3000 }, (_, index) => index % 256))
const folder = mkdtempSync(join(tmpdir(), 'mainspring-files-'))
const received: Buffer[] = []
const server = createServer(async (request, response) => {
  if (request.method === 'GET') {
    const isBroken = request.headers.host?.startsWith('localhost')
    response.writeHead(200, { 'content-type': 'application/pdf', 'content-length': bytes.length })
    if (isBroken) response.write(bytes.subarray(0, 10), () => response.destroy())
    else response.end(bytes)
    return
  }
  received.push(Buffer.concat(await Array.fromAsync(request)))
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}')
})
let origin = ''

beforeAll(async () => {
  writeFileSync(join(folder, 'in.bin'), bytes)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const cli = (...args: string[]) =>
  runCli([...args, '--connectors', connectors, '--origin', origin, '--json'], { cwd: folder })

test('@path uploads a file as it is', async () => {
  expect(await cli('run', 'files_upload', '--input', 'content=@in.bin')).toMatchObject({
    exit: 0,
    stdout: expect.stringContaining('"ok"'),
  })
  expect(received.pop()?.equals(bytes)).toBe(true)
  await cli('run', 'files_upload', '--input', `content=${bytes.toString('base64')}`)
  expect(received.pop()?.equals(bytes)).toBe(true)
})

test.each(['@missing.bin', '@.'])(
  'a path that is no file is a coded error before anything is sent: %s',
  async (path) => {
    const { exit, stderr } = await cli('run', 'files_upload', '--input', `content=${path}`)
    expect([exit, JSON.parse(stderr)]).toMatchObject([2, { error: { code: 'cli/file' } }])
    expect(received).toEqual([])
  },
)

test('an explanation opens no file', async () => {
  const { exit, stdout } = await cli('explain', 'files_upload_form', '--input', 'content=@in.bin')
  expect([exit, stdout]).toEqual([0, expect.stringContaining('<3000 bytes>')])
})

test('--out-file puts a whole file in its place, and prints what is known of it', async () => {
  const { exit, stdout } = await cli('run', 'files_download', '--out-file', 'out.pdf')
  expect([exit, JSON.parse(stdout)]).toMatchObject([
    0,
    { data: { contentType: 'application/pdf', size: 3000 } },
  ])
  expect(readFileSync(join(folder, 'out.pdf')).equals(bytes)).toBe(true)
})

test('a broken transfer leaves what stood in the place, and nothing beside it', async () => {
  writeFileSync(join(folder, 'kept.pdf'), 'before')
  const broken = origin.replace('127.0.0.1', 'localhost')
  const args = ['run', 'files_download', '--out-file', 'kept.pdf', '--connectors', connectors, '--json']
  const { exit, stderr } = await runCli([...args, '--origin', broken], { cwd: folder })
  expect([exit, JSON.parse(stderr)]).toMatchObject([1, { error: { code: 'response/unreadable' } }])
  expect(readFileSync(join(folder, 'kept.pdf'), 'utf8')).toBe('before')
  expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([])
})

test('--out-file of an action that fetches none says so', async () => {
  const { exit, stderr } = await cli(
    'run',
    'files_upload',
    '--input',
    'content=@in.bin',
    '--out-file',
    'none',
  )
  expect([exit, JSON.parse(stderr)]).toMatchObject([
    2,
    { error: { message: expect.stringContaining('no file') } },
  ])
})

test('of a file that goes in pieces a failure tells people how much was sent', async () => {
  const sandbox = await startDropboxSandbox({ port: 0 })
  try {
    const name = '/2/files/upload_session/append_v2'
    sandbox.setFaults([parseFault(`status@${name}:status=409,after=1,body={"error_summary":"closed/..."}`)])
    writeFileSync(join(folder, 'film.bin'), Buffer.alloc(9 * 1024 * 1024, 1))
    writeFileSync(join(folder, 'dropbox.json'), JSON.stringify({ ...sandbox.setup, ...sandbox.credentials }))
    const target = ['--origin', sandbox.origin, '--credentials', 'dropbox.json']
    const inputs = ['--input', 'path=/film.bin', '--input', 'content=@film.bin']
    const upload = (...more: string[]) =>
      runCli(['run', 'dropbox_upload_large_file', ...inputs, ...target, ...more], { cwd: folder })
    const { exit, stderr } = await upload()
    expect([exit, stderr]).toEqual([1, expect.stringContaining('bytes sent: 8388608')])
    sandbox.setFaults([])
    expect(JSON.parse((await upload('--out', 'json')).stdout)).toMatchObject({ data: { size: 9_437_184 } })
  } finally {
    await sandbox.close()
  }
})
