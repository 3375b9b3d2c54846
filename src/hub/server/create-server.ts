import { hash } from 'node:crypto'
import cookie from '@fastify/cookie'
import etag from '@fastify/etag'
import formbody from '@fastify/formbody'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { accountRoutes } from '../api/accounts.ts'
import { actionRoutes } from '../api/actions.ts'
import { auditRoutes } from '../api/audit.ts'
import { componentRoutes } from '../api/component.ts'
import { confirmationRoutes } from '../api/confirmations.ts'
import { connectSessionRoutes } from '../api/connect-sessions.ts'
import { connectionAttemptRoutes } from '../api/connection-attempts.ts'
import { connectorRoutes } from '../api/connectors.ts'
import { eventSubscriptionRoutes } from '../api/event-subscriptions.ts'
import { flowRoutes } from '../api/flow.ts'
import { healthRoutes } from '../api/health.ts'
import { incomingEventRoutes } from '../api/incoming-events.ts'
import { keyRoutes } from '../api/keys.ts'
import { mcpRoutes } from '../api/mcp.ts'
import { platformLogRoutes } from '../api/platform-logs.ts'
import { policyRoutes } from '../api/policies.ts'
import { proxyRoutes } from '../api/proxy.ts'
import { requestLogRoutes } from '../api/request-logs.ts'
import { stepLogRoutes } from '../api/step-logs.ts'
import { webhookRoutes } from '../api/webhooks.ts'
import { HubError } from '../hub-error.ts'
import type { HubOptions } from '../hub-options.ts'
import { pages, readerConstraint } from '../pages/index.ts'
import type { HubServices } from '../services.ts'
import { createId } from '../token.ts'
import { type AdmissionCounter, admitRequests } from './admission.ts'
import { allowOrigins } from './allow-origins.ts'
import { compileRouteSchema } from './compile-route-schema.ts'
import { describeMismatch } from './describe-mismatch.ts'
import { tellWhen, toErrorBody } from './error-reply.ts'
import { readJsonExactly } from './json-body.ts'
import { limitRequests } from './limit-requests.ts'
import { limitVisitors } from './limit-visitors.ts'
import { logging } from './logging.ts'
import { describeApi } from './openapi.ts'
import { fixedHeaders, securityHeaders } from './security-headers.ts'

/** Largest body of a request, in bytes: forms and calls are small. */
const maxBodyBytes = 1_048_576

/** What takes inputs of actions. */
const callRoutes = [actionRoutes, proxyRoutes, mcpRoutes]

/** What else programs with an API key call. */
const programRoutes = [
  accountRoutes,
  connectSessionRoutes,
  connectorRoutes,
  requestLogRoutes,
  stepLogRoutes,
  platformLogRoutes,
  policyRoutes,
  confirmationRoutes,
  keyRoutes,
  flowRoutes,
  auditRoutes,
  webhookRoutes,
  eventSubscriptionRoutes,
]

/** The HTTP side of the hub: JSON for programs and components, pages for people. */
export async function createServer(
  services: HubServices,
  options: HubOptions,
  admission: AdmissionCounter,
): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: maxBodyBytes,
    trustProxy: options.trustProxy ?? false,
    genReqId: () => createId('req'),
    forceCloseConnections: true,
    schemaErrorFormatter: describeMismatch,
    logger: logging(options),
    // An address that no route can be looked up for: the hooks below are not asked.
    frameworkErrors: (error, request, reply) => {
      const body = toErrorBody(error, request.id, services.clock())
      const headers = { 'x-request-id': request.id, ...fixedHeaders }
      ;(reply as FastifyReply).code(body.statusCode).headers(headers).send(body)
    },
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.addConstraintStrategy(readerConstraint)
  app.setValidatorCompiler(compileRouteSchema)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  app.setErrorHandler(async (error, request, reply) => {
    const body = toErrorBody(error, request.id, services.clock())
    if (body.statusCode >= 500) request.log.error({ code: body.code, kind: nameOf(error) }, 'request failed')
    tellWhen(reply, error)
    return reply.code(body.statusCode).send(body)
  })
  app.setNotFoundHandler(async (request) => {
    throw new HubError('hub/not-found', { message: `There is no ${request.method} ${pathOf(request.url)}.` })
  })
  // Before all else: what is refused has cost nothing.
  await app.register(admitRequests, {
    admission,
    ...(options.maxRequestsUnderWay === undefined ? {} : { maxUnderWay: options.maxRequestsUnderWay }),
  })
  await app.register(securityHeaders, { baseUrl: services.baseUrl })
  await app.register(limitVisitors, {
    clock: services.clock,
    ...(options.visitorLimits === undefined ? {} : { limits: options.visitorLimits }),
  })
  await app.register(cookie)
  await app.register(formbody)
  await app.register(allowOrigins, { services })
  await app.register(describeApi)
  await app.register(healthRoutes, { services, admission })
  await app.register(async (api) => {
    await api.register(limitRequests, {
      ...(options.requestsPerMinute === undefined ? {} : { perMinute: options.requestsPerMinute }),
    })
    await api.register(etag, { hashFn: (payload) => hash('sha1', payload, 'base64') })
    for (const routes of programRoutes) await api.register(routes, { services })
    await api.register(async (calls) => {
      readJsonExactly(calls)
      for (const routes of callRoutes) await calls.register(routes, { services })
    })
  })
  await app.register(incomingEventRoutes, { services })
  await app.register(componentRoutes, { services })
  await app.register(connectionAttemptRoutes, { services })
  await app.register(pages, { services })
  return app
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}

/** Without the query: it may hold a token. */
function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? ''
}
