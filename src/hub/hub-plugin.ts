import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Hub } from './hub.ts'

export interface HubPluginOptions {
  /** Made by `createHub`, with the address under which people reach it as its `baseUrl`. */
  readonly hub: Hub
}

/**
 * A hub within a Fastify server of your own: `app.register(hubPlugin, { hub, prefix: '/hub' })`. It keeps its own
 * hooks, errors and limits, and is closed with the server. The API works under any prefix; the pages for people link
 * to each other from the root, so that they need a host of their own (`constraints`) or no prefix.
 */
export const hubPlugin: FastifyPluginAsync<HubPluginOptions> = async (app, { hub }) => {
  await hub.app.ready()
  hub.services.webhooks.start()
  // The hub reads bodies itself.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  const handOver = (request: FastifyRequest, reply: FastifyReply) => {
    reply.hijack()
    const { raw } = request
    raw.url = withoutPrefix(raw.url ?? '/', app.prefix)
    hub.app.routing(raw, reply.raw)
  }
  app.all('/', handOver)
  app.all('/*', handOver)
  app.addHook('onClose', () => hub.close())
}

function withoutPrefix(url: string, prefix: string): string {
  const left = prefix !== '' && url.startsWith(prefix) ? url.slice(prefix.length) : url
  return left.startsWith('/') ? left : `/${left}`
}
