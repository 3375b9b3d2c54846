import type { FastifyInstance } from 'fastify'
import { HubError } from '../hub-error.ts'

/** @throws {HubError} `hub/port-in-use` */
export async function listenOn(
  app: FastifyInstance,
  { port, host = '127.0.0.1' }: { readonly port: number; readonly host?: string },
): Promise<string> {
  try {
    await app.listen({ port, host })
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
    throw new HubError('hub/port-in-use', {
      message: `Port ${port} ${code === 'EADDRINUSE' ? 'is taken' : 'may not be used'}.`,
    })
  }
  const address = app.server.address()
  const given = typeof address === 'object' && address !== null ? address.port : port
  // What a person can open: a wildcard is no address to go to.
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${given}`
}
