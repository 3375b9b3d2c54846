import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from '@jest/globals'
import { createHub, verifyVault } from '../../src/hub/index.ts'
import { startLinkedHub } from './linked-hub.ts'
import { clockworkSandbox, connectorsFolder, testApiKey } from './start-hub.ts'

test('a backup taken while the hub serves is restored with its key, and opens with no other', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mainspring-backup-'))
  const [data, restored, stolen] = ['data', 'restored', 'stolen'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const hub = await startLinkedHub({ dataFolder: data })
  try {
    await Promise.all([mkdir(restored), mkdir(stolen)])
    const database = new DatabaseSync(join(data, 'mainspring.db'))
    database.exec(`vacuum into '${join(restored, 'mainspring.db')}'`)
    database.close()
    await copyFile(join(data, 'master.key'), join(restored, 'master.key'))
    await hub.link('after-the-backup')

    expect(await verifyVault({ dataFolder: restored })).toMatchObject({ unreadable: [] })
    const again = await createHub({
      connectors: connectorsFolder,
      dataFolder: restored,
      apiKey: testApiKey,
      integrations: [{ connector: 'clockwork', environment: 'sandbox', origin: hub.sandbox.origin }],
    })
    const accounts = await again.services.accounts.list('default', {}, { limit: 9, offset: 0 })
    expect(accounts).toMatchObject([{ id: hub.accountId, integrationId: clockworkSandbox }])
    expect(await again.services.linking.testAccount('default', hub.accountId)).toBeNull()
    await again.close()

    await copyFile(join(restored, 'mainspring.db'), join(stolen, 'mainspring.db'))
    await expect(verifyVault({ dataFolder: stolen })).rejects.toMatchObject({
      code: 'hub/master-key-missing',
    })
  } finally {
    await hub.close()
    await rm(folder, { recursive: true })
  }
})
