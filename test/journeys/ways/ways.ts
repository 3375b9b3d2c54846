import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from '@jest/globals'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { createHub } from '../../../src/hub/index.ts'
import { type ConnectorPlan, compileConnector, loadConnector, runAction } from '../../../src/index.ts'
import type { ProviderSandbox } from '../../../src/sandbox/index.ts'
import { runCli } from '../../cli/run-cli.ts'
import { linkAccount } from './link-account.ts'

export const connectorsFolder = fileURLToPath(new URL('../../../connectors', import.meta.url))
const apiKey = 'msk_test_key_for_the_journey_012345'

export interface Outcome {
  readonly data: unknown
  readonly next?: string | null | undefined
}

/** One way to call the actions of a connector, opened for one account. */
export interface OpenWay {
  /** @throws where the action fails; whatever the way makes of it, the code stands in the message */
  call(action: string, inputs: Readonly<Record<string, unknown>>): Promise<Outcome>
  close(): Promise<void>
}

/** Opens a way into a connector whose provider is emulated. */
export type Way = (connector: ConnectorPlan, sandbox: ProviderSandbox) => Promise<OpenWay>

export async function compileFrom(key: string): Promise<ConnectorPlan> {
  const { model, diagnostics } = await loadConnector(`${connectorsFolder}/${key}`)
  if (model === null) throw new Error(JSON.stringify(diagnostics))
  return compileConnector(model)
}

const throughEngine: Way = async (plan, { origin, credentials, setup }) => ({
  call: (action, inputs) =>
    runAction(plan, action, {
      origin,
      credentials: { ...setup, ...credentials },
      inputs,
      allowPreview: true,
    }),
  close: async () => undefined,
})

/** A file of credentials and an origin: what a person with a server of their own does. */
const throughCommandLine: Way = async ({ key }, { origin, credentials, setup }) => {
  const folder = await mkdtemp(join(tmpdir(), 'mainspring-way-'))
  const file = join(folder, 'account.json')
  await writeFile(file, JSON.stringify({ ...setup, ...credentials }), { mode: 0o600 })
  return {
    async call(action, inputs) {
      const target = ['--origin', origin, '--credentials', file, '--preview']
      const { stdout, stderr, exit } = await runCli(
        ['run', `${key}_${action}`, ...target, '--inputs', '-', '--out', 'json', '--json'],
        { stdin: JSON.stringify(inputs) },
      )
      if (exit !== 0) throw new Error(stderr)
      return JSON.parse(stdout) as Outcome
    },
    close: () => rm(folder, { recursive: true }),
  }
}

/** A hub with the connector at its sandbox, and one account linked as a person links it. */
async function openHub(plan: ConnectorPlan, sandbox: ProviderSandbox) {
  const hub = await createHub({
    connectors: connectorsFolder,
    integrations: [{ connector: plan.key, environment: 'sandbox', origin: sandbox.origin }],
    apiKey,
  })
  try {
    const url = await hub.listen({ port: 0 })
    const authorization = `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`
    const accountId = await linkAccount(hub, sandbox)
    return { hub, url, authorization, accountId }
  } catch (error) {
    await hub.close()
    throw error
  }
}

const throughHub: Way = async (plan, sandbox) => {
  const { hub, url, authorization, accountId } = await openHub(plan, sandbox)
  return {
    async call(action, inputs) {
      const response = await fetch(`${url}/actions/rpc`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', 'x-account-id': accountId },
        body: JSON.stringify({ action: `${plan.key}_${action}`, body: inputs }),
      })
      const answer = await response.text()
      if (!response.ok) throw new Error(answer)
      return JSON.parse(answer) as Outcome
    },
    close: () => hub.close(),
  }
}

const throughMcp: Way = async (plan, sandbox) => {
  const { hub, url, authorization, accountId } = await openHub(plan, sandbox)
  // What agents may do is a policy of the project; here they may do all, unasked.
  const { policies } = hub.services
  const leave = { allowPreview: true, allowPassthroughWrites: true, confirm: 'none' } as const
  for (const subject of ['project', 'agents'] as const) {
    const { rules } = await policies.get('default', subject)
    await policies.save('default', subject, { ...rules, ...leave }, { kind: 'system' })
  }
  const client = new Client({ name: 'journey', version: '1' })
  const address = new URL(`${url}/mcp?x-account-id=${accountId}&param-style=flat_smart`)
  await client.connect(
    new StreamableHTTPClientTransport(address, { requestInit: { headers: { authorization } } }),
  )
  return {
    async call(action, inputs) {
      const result = await client.callTool({ name: `${plan.key}_${action}`, arguments: { ...inputs } })
      if (result.isError === true) throw new Error(JSON.stringify(result.content))
      expect(result.structuredContent).toBeDefined()
      return result.structuredContent as unknown as Outcome
    },
    async close() {
      await client.close()
      await hub.close()
    },
  }
}

export const ways: Readonly<Record<string, Way>> = {
  'the engine': throughEngine,
  'the command line': throughCommandLine,
  'the RPC of the hub': throughHub,
  MCP: throughMcp,
}
