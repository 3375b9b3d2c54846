import { startTestHub } from './start-hub.ts'

// A hub that is killed while it links. Says where it listens, then waits for its end.
const running = await startTestHub({ dataFolder: process.argv[2] ?? '' })
const { url, credentials } = running
process.send?.({ url, credentials })
