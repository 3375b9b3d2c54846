import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { themeCss } from '../../../ui/index.ts'
import type { LoadedAssets } from '../assets/load-assets.ts'

const forEver = 'public, max-age=31536000, immutable'
const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#3a56c5"/><path d="M12 12.5a1 1 0 0 0 1-1.3c-.4-1.4-3.8-1.2-4 1.3-.2 2.8 2 4.3 4.2 4 3.2-.4 4.6-3.3 4.2-6C16.9 7 14 5.1 10.7 5.7 6.6 6.4 4.3 10 5 14c.7 3.7 3.7 6 7.4 6 1.9 0 3.6-.6 5-1.7" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round"/></svg>'

/** Stylesheets, scripts and the icon. */
export function assetRoutes(app: FastifyInstance, assets: LoadedAssets): void {
  app.get('/assets/theme/:colours', async (request, reply) => {
    const { colours } = request.params as { colours: string }
    const [, light, dark] = /^(own|[0-9a-f]{6})-(own|[0-9a-f]{6})\.css$/.exec(colours) ?? []
    if (light === undefined || dark === undefined) return reply.callNotFound()
    const colour = (part: string) => (part === 'own' ? null : `#${part}`)
    return reply
      .header('cache-control', forEver)
      .type('text/css; charset=utf-8')
      .send(themeCss({ light: colour(light), dark: colour(dark) }))
  })

  app.get('/assets/*', async (request, reply) => {
    const file = assets.files.get(request.url.split('?', 1)[0] ?? '')
    if (file === undefined) return reply.callNotFound()
    return reply
      .header('cache-control', forEver)
      .header('x-content-type-options', 'nosniff')
      .type(file.type)
      .send(file.body)
  })

  // The address stands in other people's pages, so it stays; the browser asks whether the content did.
  const etag = `"${createHash('sha256').update(assets.connectElement).digest('base64url').slice(0, 22)}"`
  app.get('/connect.js', async (request, reply) => {
    reply
      .header('cache-control', 'public, max-age=300, must-revalidate')
      .header('etag', etag)
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('x-content-type-options', 'nosniff')
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    return reply.type('text/javascript; charset=utf-8').send(assets.connectElement)
  })

  app.get('/icon.svg', async (_, reply) =>
    reply.header('cache-control', 'public, max-age=86400').type('image/svg+xml').send(icon),
  )
  app.get('/favicon.ico', async (_, reply) => reply.redirect('/icon.svg', 301))
}
