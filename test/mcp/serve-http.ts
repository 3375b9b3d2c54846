import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHttpEndpoint, type McpService } from '../../src/mcp/index.ts'

/** What crossed the wire, for tests that say how it must look. */
export interface SeenExchange {
  readonly method: string | undefined
  readonly rpcMethod: unknown
  readonly status: number
  readonly contentType: string | undefined
}

/** The endpoint behind a plain server on loopback. */
export async function serveHttp(service: McpService) {
  const endpoint = createHttpEndpoint()
  const seen: SeenExchange[] = []
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const body: unknown = text === '' ? undefined : JSON.parse(text)
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const answer = await endpoint.handle(
      { method: request.method ?? '', headers: request.headers, body, signal: gone.signal },
      service,
    )
    const rpcMethod = (body as { readonly method?: unknown } | undefined)?.method
    seen.push({
      method: request.method,
      rpcMethod,
      status: answer.status,
      contentType: answer.headers['content-type'],
    })
    response.writeHead(answer.status, answer.headers)
    if (answer.body === undefined || typeof answer.body === 'string') return void response.end(answer.body)
    for await (const event of answer.body) response.write(event)
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: new URL(`http://127.0.0.1:${port}/mcp`),
    seen,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
