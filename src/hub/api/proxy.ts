import { Type } from 'typebox'
import type { RunEvent } from '../../engine/index.ts'
import { UnknownNameError } from '../../errors/index.ts'
import { isRecord } from '../../http/index.ts'
import { HubError } from '../hub-error.ts'
import { callerOfKey } from '../runs/caller.ts'
import { requireKey } from '../server/authenticate.ts'
import { accountOfCall, confirmationOfCall } from './account-of-call.ts'
import { type ApiPlugin, withKey } from './api-plugin.ts'
import { ConfirmHeader, ProxyBody, ProxyResult } from './run-schemas.ts'
import { ErrorJson } from './schemas.ts'

/** Any call below the base URL of an account, with its authentication: the connector's passthrough action. */
export const proxyRoutes: ApiPlugin = async (app, { services }) => {
  app.post(
    '/unified/proxy',
    {
      schema: {
        tags: ['Actions'],
        summary: 'Send an authenticated call to the provider of an account',
        security: withKey,
        headers: Type.Object({
          'x-account-id': Type.Optional(Type.String()),
          'x-mainspring-confirm': ConfirmHeader,
        }),
        body: ProxyBody,
        response: { 200: ProxyResult, default: ErrorJson },
      },
    },
    async (request) => {
      const { key } = await requireKey(request, services, 'read')
      const caller = callerOfKey(key)
      const { connector } = await services.runs.offer(caller, accountOfCall(request))
      const action = connector.actions.find(({ passthrough }) => passthrough)
      if (action === undefined)
        throw new UnknownNameError('action/unknown', {
          message: `${connector.title} has no passthrough action.`,
          hint: 'Use one of its other actions; GET /actions lists them.',
        })
      const given = proxyInputs(request.body)
      const taken = new Set(action.inputs.map(({ name }) => name))
      const refused = Object.keys(given).filter((name) => !taken.has(name))
      if (refused.length > 0)
        throw new HubError('hub/invalid-request', {
          message: `The passthrough of ${connector.title} takes no ${refused.join(', ')}.`,
        })
      let headers: Readonly<Record<string, string>> = {}
      const observer = (event: RunEvent) => {
        if (event.type === 'http' && event.event.type === 'response') headers = event.event.headers
      }
      const { data, meta } = await services.runs.run(caller, {
        accountId: accountOfCall(request),
        action: action.qualifiedId,
        inputs: given,
        ...confirmationOfCall(request),
        source: 'proxy',
        requestId: request.id,
        observer,
      })
      return {
        status: meta.status ?? 200,
        headers: { ...headers },
        data: data ?? null,
        provider_errors: null,
      }
    },
  )
}

interface ProxyWish {
  readonly path?: string | null
  readonly url?: string | null
  readonly method?: string | null
  readonly query?: Readonly<Record<string, unknown>> | null
  readonly headers?: Readonly<Record<string, unknown>> | null
  readonly body?: unknown
}

/** Clients write the query into the path; empty objects stand for what was not said. */
function proxyInputs({ path, url, method, query, headers, body }: ProxyWish): Record<string, unknown> {
  if (url != null && url !== '')
    throw new HubError('hub/invalid-request', {
      message: 'url is not taken: a call goes below the base URL of the account.',
      hint: 'Send the path alone.',
    })
  const [before = '', after] = (path ?? '/').split('?', 2)
  const inPath = after === undefined ? {} : Object.fromEntries(new URLSearchParams(after))
  const parameters = { ...inPath, ...query }
  return {
    path: before,
    ...(method == null ? {} : { method: method.toLowerCase() }),
    ...(Object.keys(parameters).length === 0 ? {} : { query: parameters }),
    ...(headers == null || Object.keys(headers).length === 0 ? {} : { headers }),
    ...(body == null || (isRecord(body) && Object.keys(body).length === 0) ? {} : { body }),
  }
}
