import { createHub, type HubOptions } from '../../src/hub/index.ts'

// A hub in a process of its own, for tests that end it, starve it or look at its exit. Options come as JSON; says where
// it listens, then waits for its end.
const hub = await createHub(JSON.parse(process.argv[2] ?? '{}') as HubOptions)
process.send?.({ url: await hub.listen({ port: 0 }) })
