import { mkdtempSync, rmSync } from 'node:fs'
import type { LookupFunction } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runAction } from '../../../src/engine/index.ts'
import { createHub, type Hub, readConfig } from '../../../src/hub/index.ts'
import { createGotClient, createTransport, type HttpClient } from '../../../src/transport/index.ts'
import { repository, runCli } from '../../cli/run-cli.ts'
import { testApiKey } from '../../hub/start-hub.ts'
import { read } from '../../transport/requests.ts'
import type { World } from './index.ts'

export interface TestWorld extends World {
  reset(): void
  close(): Promise<void>
}

/** A world in which whatever passes all checks is counted, and goes no further. */
export function createWorld(): TestWorld {
  const folder = mkdtempSync(join(tmpdir(), 'mainspring-refusals-'))
  const connectors = `${repository}/connectors`
  const sent: World['sent'] = []
  let hub: Hub | undefined
  const client: HttpClient = {
    async exchange(request, control) {
      if (world.reachesOthers && !request.url.startsWith('https://api.acme.test/'))
        return real.exchange(request, control)
      sent.push(request)
      const answer = { status: 200, headers: {}, body: Buffer.from('{}'), ...world.answer(request) }
      return { ...answer, headers: { 'content-type': 'application/json', ...answer.headers } }
    },
    close: () => undefined,
  }
  const real = createGotClient({})
  const transport = createTransport({ client })
  const world: TestWorld = {
    sent,
    answer: () => ({}),
    reachesOthers: false,
    run: (plan, options = {}) =>
      runAction(plan, 'act', { ...options, transport, limits: { maxAttempts: 1, ...options.limits } }),
    async reach(url, addresses = ['93.184.215.14']) {
      const dnsLookup: LookupFunction = (_hostname, options, callback) => {
        const all = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
        if (options.all === true) callback(null, all)
        else callback(null, all[0]?.address ?? '', all[0]?.family)
      }
      // Through the real client: nothing here listens, so that a request that is let through shows as a network error.
      const through = createTransport({ dnsLookup: isLocal(url) ? undefined : dnsLookup })
      try {
        const request = read(url, { trustedOrigin: false, repeatable: false })
        return await through.send(request, { timeoutMs: 1_000, limits: { attempts: 1, connectMs: 200 } })
      } finally {
        through.close()
      }
    },
    async command(...args) {
      const { stdout, stderr } = await runCli([...args, '--connectors', connectors, '--json'], {
        cwd: folder,
      })
      if (stderr.includes('"error"')) throw JSON.parse(stderr.trim().split('\n').at(-1) ?? '').error
      return stdout
    },
    async post(path, json) {
      hub ??= await createHub({ connectors, apiKey: testApiKey })
      const authorization = `Basic ${Buffer.from(`${testApiKey}:`).toString('base64')}`
      const headers = { authorization, 'content-type': 'application/json', 'x-account-id': 'acc_1' }
      const answer = await hub.app.inject({ method: 'POST', url: path, headers, payload: json })
      if (answer.statusCode >= 400) throw answer.json()
      return answer.json()
    },
    readConfig: (text) =>
      readConfig({ flags: { config: 'hub.yaml' }, env: {}, cwd: folder, readFile: async () => text }),
    reset() {
      sent.length = 0
      world.answer = () => ({})
      world.reachesOthers = false
    },
    async close() {
      transport.close()
      real.close()
      await hub?.close()
      rmSync(folder, { recursive: true })
    },
  }
  return world
}

/** Names that the system itself resolves to this machine. */
function isLocal(url: string): boolean {
  return url.includes('//localhost')
}
