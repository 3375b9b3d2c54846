import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CliError } from '../errors/index.ts'

/**
 * Listens on 127.0.0.1 and gives the port.
 *
 * @throws {CliError} `sandbox/port-in-use`
 */
export function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  server.once('error', ({ code }: NodeJS.ErrnoException) => {
    const taken = code === 'EADDRINUSE'
    const message = taken ? `Port ${port} is taken.` : `Port ${port} cannot be opened (${code}).`
    reject(new CliError(taken ? 'sandbox/port-in-use' : 'cli/usage', { message }))
  })
  server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  return promise
}
