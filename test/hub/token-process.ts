import { startTokenHub } from './token-hub.ts'

// A hub that is killed while it holds new tokens. Says where it listens, then waits for its end.
const { url } = await startTokenHub(JSON.parse(process.argv[2] ?? '{}'))
process.send?.({ url })
