import plugin from 'fastify-plugin'

/** What an answer that is no page may do in a browser that shows it: nothing. */
const strictest = "default-src 'none'; frame-ancestors 'none'"
export const fixedHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': strictest,
  // Answers are about accounts: a cache may keep one for its own asker, and asks again each time.
  'cache-control': 'private, no-cache',
} as const
const yearSeconds = 31_536_000

/** On every answer, unless it has said something of its own, as the pages do. */
export const securityHeaders = plugin<{ readonly baseUrl: () => string }>(async (app, { baseUrl }) => {
  app.addHook('onSend', async (_request, reply, payload) => {
    const usual = {
      ...fixedHeaders,
      // Only where people come by https: a browser that was told so takes no http for a year.
      ...(baseUrl().startsWith('https:') ? { 'strict-transport-security': `max-age=${yearSeconds}` } : {}),
    }
    for (const [name, value] of Object.entries(usual)) if (!reply.hasHeader(name)) reply.header(name, value)
    return payload
  })
})
