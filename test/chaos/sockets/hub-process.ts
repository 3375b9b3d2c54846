import { createHub } from '../../../src/hub/index.ts'
import { clockworkSandbox, connectorsFolder, testApiKey } from '../../hub/start-hub.ts'

// A hub that is killed while it writes: says where it listens and which account it has, then waits for its end.
const [folder = '', origin = '', credentials = '{}'] = process.argv.slice(2)
const hub = await createHub({
  connectors: connectorsFolder,
  dataFolder: folder,
  apiKey: testApiKey,
  logLevel: 'info',
  integrations: [{ connector: 'clockwork', environment: 'sandbox', origin }],
})
const url = await hub.listen({ port: 0 })
const [known] = await hub.services.accounts.list('default', {}, { limit: 1, offset: 0 })
const linked =
  known === undefined
    ? await hub.services.linking.link(
        { projectId: 'default', owner: { id: 'chaos', name: 'Chaos' }, actor: { kind: 'system' } },
        { integrationId: clockworkSandbox, values: JSON.parse(credentials) },
      )
    : { linked: true as const, account: known }
if (!linked.linked) throw new Error('Not linked.')
process.send?.({ url, accountId: linked.account.id })
