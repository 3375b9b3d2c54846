import { type DatabaseAddress, openStore } from '../../../src/hub/store/index.ts'

// One of several processes that migrate the same database: waits for the word, so that they meet.
const address = JSON.parse(process.argv[2] ?? '') as DatabaseAddress
const store = await openStore(address)
process.once('message', async () => {
  process.disconnect()
  await store.migrate()
  await store.close()
})
process.send?.('ready')
