import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { createHttpEndpoint, parameterStyles, toolModes } from '../../mcp/index.ts'
import { HubError } from '../hub-error.ts'
import { callerName, callerOfKey } from '../runs/caller.ts'
import { isAllowedOrigin } from '../server/allow-origins.ts'
import { requireKey } from '../server/authenticate.ts'
import { defaultProject, type HubServices } from '../services.ts'
import { type ApiPlugin, withKey } from './api-plugin.ts'
import { ErrorJson } from './schemas.ts'

const version = '1.0.0'

const RpcErrorJson = Type.Object(
  {
    jsonrpc: Type.Literal('2.0'),
    id: Type.Union([Type.String(), Type.Number(), Type.Null()]),
    error: Type.Object({ code: Type.Integer(), message: Type.String(), data: Type.Optional(Type.Unknown()) }),
  },
  { title: 'JsonRpcError', description: 'What the protocol itself refuses.' },
)

/** The actions of an account as tools of an agent, by the Model Context Protocol. */
export const mcpRoutes: ApiPlugin = async (app, { services }) => {
  const endpoint = createHttpEndpoint()
  const account = Type.Optional(
    Type.String({ description: 'The linked account; the header goes before it.' }),
  )
  app.route({
    method: ['GET', 'DELETE'],
    url: '/mcp',
    schema: { hide: true },
    async handler(request, reply) {
      await checkOrigin(request, services)
      await requireKey(request, services, 'read')
      return reply.code(405).header('allow', 'POST').type('application/json').send(onlyPost)
    },
  })

  app.route({
    method: 'POST',
    url: '/mcp',
    schema: {
      tags: ['Agents'],
      summary: "An account's actions as tools of an agent (MCP, streamable HTTP)",
      security: withKey,
      headers: Type.Object({ 'x-account-id': Type.Optional(Type.String()) }),
      querystring: Type.Object({
        'x-account-id': account,
        account_id: account,
        'tool-mode': Type.Optional(Type.Enum([...toolModes], { description: '`individual` by default.' })),
        'param-style': Type.Optional(
          Type.Enum([...parameterStyles], { description: '`nested` by default.' }),
        ),
      }),
      response: {
        200: Type.Unknown({ description: 'A JSON-RPC answer.' }),
        202: Type.Unknown({ description: 'A notification was taken.' }),
        default: Type.Union([ErrorJson, RpcErrorJson]),
      },
    },
    // What the endpoint gives is written already.
    serializerCompiler: () => (value) => (typeof value === 'string' ? value : JSON.stringify(value)),
    async handler(request, reply) {
      await checkOrigin(request, services)
      const { key } = await requireKey(request, services, 'read')
      const caller = callerOfKey(key, { agent: true })
      const { query } = request
      const accountId = [
        request.headers['x-account-id'],
        query['x-account-id'],
        query.account_id,
        key.accountId ?? undefined,
      ].find((value): value is string => typeof value === 'string' && value !== '')
      if (accountId === undefined)
        throw new HubError('hub/account-missing', { message: 'The request names no account.' })
      const { toolBox, connector } = await services.toolBoxes.of(caller, {
        accountId,
        mode: query['tool-mode'] ?? 'individual',
        style: query['param-style'] ?? 'nested',
      })
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      const answer = await endpoint.handle(
        { method: request.method, headers: request.headers, body: request.body, signal: gone.signal },
        {
          info: { name: 'mainspring', title: connector.title, version },
          ...(connector.description === undefined ? {} : { instructions: connector.description }),
          toolBox,
          principal: `${callerName(caller)} ${accountId}`,
        },
      )
      reply.code(answer.status as 200).headers(answer.headers)
      if (answer.body === undefined) return reply.send()
      return reply.send(typeof answer.body === 'string' ? answer.body : Readable.from(answer.body))
    },
  })
}

/** No stream is kept open for what nobody asked, and no session is kept to be ended. */
const onlyPost = '{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Only POST is served here."}}'

/** A page of a foreign site must not reach the hub through the browser of somebody inside (DNS rebinding). */
async function checkOrigin(request: FastifyRequest, { settings, baseUrl }: HubServices): Promise<void> {
  const { origin } = request.headers
  if (origin === undefined) return
  const { allowedOrigins } = await settings.get(defaultProject)
  if (isAllowedOrigin(origin, allowedOrigins, baseUrl())) return
  throw new HubError('hub/forbidden', {
    message: 'Pages of this origin may not call the hub.',
    hint: 'An operator can allow the origin on the settings page.',
  })
}
