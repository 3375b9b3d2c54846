import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createHub, type Hub } from '../../src/hub/index.ts'
import { type FakeProvider, startProvider } from '../engine/fake-provider.ts'

let receiver: FakeProvider
beforeAll(async () => {
  receiver = await startProvider((_request, response) => response.end())
})
afterAll(() => receiver.close())

/** What became of one delivery to a receiver on this machine. */
async function deliver(options: { baseUrl?: string; allowNetworks?: string[]; allowPorts?: number[] }) {
  const hub: Hub = await createHub({ connectors: 'connectors', ...options })
  try {
    const { webhooks, store } = hub.services
    const actor = { kind: 'system' } as const
    await webhooks.add('default', { url: `${receiver.origin}/hook` }, actor)
    const now = new Date().toISOString()
    const { addAccountEvent } = await import('../../src/hub/webhooks/account-event.ts')
    const account = {
      id: 'acc_1',
      projectId: 'default',
      connectorKey: 'clockwork',
      provider: 'clockwork',
      setupInformation: {},
      metadata: {},
    }
    await store.transaction((repositories) =>
      addAccountEvent(repositories, account as never, 'account.updated', now),
    )
    await webhooks.deliverDue()
    const [told] = await webhooks.events('default', 1)
    return told?.deliveries[0]
  } finally {
    await hub.close()
  }
}

test('a hub that others reach tells no webhook within its own network', async () => {
  const delivery = await deliver({ baseUrl: 'https://hub.example.com' })
  expect(delivery).toMatchObject({ status: 'pending', lastError: expect.stringContaining('allowNetworks') })
  expect(receiver.seen).toEqual([])
})

test('unless its operator allows the network and the port', async () => {
  const delivery = await deliver({
    baseUrl: 'https://hub.example.com',
    allowNetworks: ['127.0.0.1'],
    allowPorts: [Number(new URL(receiver.origin).port)],
  })
  expect(delivery).toMatchObject({ status: 'delivered', lastError: null })
  expect(receiver.seen.splice(0)).toHaveLength(1)
})

test('a hub that is reached on this machine alone tells its neighbours', async () => {
  expect(await deliver({})).toMatchObject({ status: 'delivered' })
  expect(receiver.seen.splice(0)).toHaveLength(1)
})

test('networks and ports that are none stop the start', async () => {
  await expect(createHub({ connectors: 'connectors', allowNetworks: ['10.0.0.0/99'] })).rejects.toMatchObject(
    {
      code: 'hub/config-invalid',
      message: expect.stringContaining('10.0.0.0/99'),
    },
  )
})
