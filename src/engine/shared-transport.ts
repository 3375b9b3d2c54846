import { createTransport, type Transport } from '../transport/index.ts'

// Connections are worth keeping between calls, so all runs share them.
let shared: Transport | undefined

/** The transport of every call that brings none. */
export function sharedTransport(): Transport {
  shared ??= createTransport()
  return shared
}
