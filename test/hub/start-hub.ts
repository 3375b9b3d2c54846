import { fileURLToPath } from 'node:url'
import { createHub, type Hub, type HubOptions } from '../../src/hub/index.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts'

export const connectorsFolder = fileURLToPath(new URL('../../connectors', import.meta.url))
export const testApiKey = 'msk_test_key_for_the_hub_0123456789'

/** A hub and a sandbox of Clockwork, both at free ports, and all that a test needs to talk to them. */
export interface TestHub {
  readonly hub: Hub
  readonly sandbox: Sandbox
  readonly url: string
  /** Of the sandbox's first firm. */
  readonly credentials: Readonly<Record<'firmName' | 'apiKey' | 'apiSecret' | 'firmServiceKey', string>>
  /** Headers of a caller with the first API key. */
  readonly authorization: { readonly authorization: string }
  /** An address that signs in to the dashboard, once. */
  createLoginUrl(): Promise<string>
  close(): Promise<void>
}

export const clockworkSandbox = 'clockwork.api_key.sandbox'

/** In memory unless `dataFolder` says otherwise. */
export async function startTestHub(
  options: Partial<HubOptions> & { readonly sandbox?: SandboxOptions } = {},
): Promise<TestHub> {
  const { sandbox: sandboxOptions, ...hubOptions } = options
  const sandbox = await startSandbox({ port: 0, people: 60, ...sandboxOptions })
  const hub = await createHub({
    connectors: connectorsFolder,
    integrations: [{ connector: 'clockwork', environment: 'sandbox', origin: sandbox.origin }],
    apiKey: testApiKey,
    ...hubOptions,
  })
  const url = await hub.listen({ port: 0 })
  const [firm] = sandbox.firms
  if (firm === undefined) throw new Error('A sandbox without a firm')
  const { firmName, apiKey, apiSecret, firmServiceKey } = firm
  return {
    hub,
    sandbox,
    url,
    credentials: { firmName, apiKey, apiSecret, firmServiceKey },
    authorization: { authorization: `Basic ${Buffer.from(`${testApiKey}:`).toString('base64')}` },
    async createLoginUrl() {
      return `${url}/login?token=${await hub.services.login.createLinkToken('default')}`
    },
    async close() {
      await hub.close()
      await sandbox.close()
    },
  }
}
