import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A product of somebody else, at another origin, that embeds the hub with the one script. */
export async function startProduct(): Promise<{ readonly origin: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
    response.setHeader('content-type', 'text/html')
    response.end(`<!doctype html><title>A product</title><link rel="icon" href="data:,">
<script>
  window.heard = []
  addEventListener('DOMContentLoaded', () => {
    const connect = document.querySelector('mainspring-connect')
    for (const type of ['success', 'error', 'close'])
      connect.addEventListener(type, ({ detail }) => window.heard.push({ type, detail }))
  })
  // Whoever pretends to be the hub is not heard.
  postMessage({ source: 'mainspring-connect', type: 'success', id: 'forged', provider: 'clockwork' }, '*')
</script>
<script type="module" src="${searchParams.get('hub')}/connect.js"></script>
<mainspring-connect token="${searchParams.get('token')}"></mainspring-connect>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}
