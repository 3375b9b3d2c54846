import { execFile } from 'node:child_process'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from '@jest/globals'
import { startSandbox } from '../../src/sandbox/index.ts'
import { callerOf, closeSandboxes, firmOf, headersOf, sandboxFor } from './caller.ts'

afterEach(closeSandboxes)

const sandboxModule = new URL('../../src/sandbox/index.ts', import.meta.url).href

const portOf = (origin: string) => Number(new URL(origin).port)

/** The error code of a connection that fails; null for one that is made. */
function connectionError(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ port, host })
    socket.once('connect', () => {
      socket.destroy()
      resolve(null)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'))
  })
}

describe('starting', () => {
  test('listens on 127.0.0.1 and on no other address of the machine', async () => {
    const port = portOf((await sandboxFor()).origin)
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ address, internal, family }) => !internal && family === 'IPv4' && address !== '127.0.0.1')
    expect(await connectionError(port, '127.0.0.1')).toBeNull()
    expect(await connectionError(port, '127.0.0.2')).toBe('ECONNREFUSED')
    for (const { address } of others) expect(await connectionError(port, address)).not.toBeNull()
  })

  test('on a taken port is refused with its own code', async () => {
    const port = portOf((await sandboxFor()).origin)
    await expect(startSandbox({ port })).rejects.toMatchObject({
      code: 'sandbox/port-in-use',
      message: `Port ${port} is taken.`,
    })
  })

  test.each([
    { port: 70_000 },
    { port: -1 },
    { firms: 0 },
    { people: 1_000_001 },
    { people: 1.5 },
    { seed: -1 },
  ])('with %j is refused', async (options) => {
    await expect(startSandbox({ port: 0, ...options })).rejects.toMatchObject({ code: 'cli/usage' })
  })

  test('with many firms gives each its own name and credentials, and nobody where nobody is wanted', async () => {
    const sandbox = await sandboxFor({ firms: 20, people: 0 })
    const values = sandbox.firms.flatMap((firm) => Object.values(firm))
    expect(new Set(values).size).toBe(80)
    for (const { firmName } of sandbox.firms) expect(firmName).toMatch(/^[a-z0-9-]{1,63}$/)
    const call = callerOf(sandbox, 19)
    expect((await call('GET', '/people')).body).toEqual({ people: [] })
    const [project] = (await call('GET', '/projects')).body.projects
    expect((await call('GET', `/projects/${project.id}/candidacies`)).body).toEqual({ candidacies: [] })
  })
})

describe('closing', () => {
  test('frees the port and ends every connection, delayed and dripping answers included', async () => {
    const sandbox = await sandboxFor()
    const port = portOf(sandbox.origin)
    const firm = firmOf(sandbox)
    sandbox.setFaults([
      { match: { path: '/tags' }, fault: { kind: 'delay', ms: 3_600_000 } },
      { match: { path: '/people' }, fault: { kind: 'slow-drip', bytesPerSecond: 1 } },
    ])
    const get = (path: string) =>
      fetch(`${sandbox.origin}/v3.0/${firm.firmName}${path}`, { headers: headersOf(firm) })
    const delayed = get('/tags').catch(() => 'broken off')
    const dripping = await get('/people')
    const idle = connect({ port, host: '127.0.0.1' })
    const idleEnded = new Promise((resolve) => idle.on('error', () => {}).on('close', () => resolve('ended')))
    await new Promise((resolve) => idle.once('connect', resolve))
    await Promise.all([sandbox.close(), sandbox.close()])
    expect(await delayed).toBe('broken off')
    await expect(dripping.text()).rejects.toThrow()
    expect(await idleEnded).toBe('ended')
    expect(await connectionError(port, '127.0.0.1')).toBe('ECONNREFUSED')
    await (await startSandbox({ port })).close()
  })

  test('leaves nothing that would keep a process alive, a delayed answer included', async () => {
    const program = `
      const { startSandbox } = await import(${JSON.stringify(sandboxModule)})
      const sandbox = await startSandbox({ port: 0, faults: [{ fault: { kind: 'delay', ms: 3_600_000 } }] })
      const waiting = fetch(sandbox.origin + '/v3.0/acme/tags').catch(() => process.stdout.write('broken off'))
      while (sandbox.requests.length === 0) await new Promise((resolve) => setImmediate(resolve))
      await sandbox.close()
      await waiting`
    const args = ['--input-type=module', '--eval', program]
    // A process that is kept alive is ended at last, and that rejects.
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 20_000 })
    expect(stdout).toBe('broken off')
  }, 30_000)
})
