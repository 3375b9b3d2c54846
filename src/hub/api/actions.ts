import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { MainspringError } from '../../errors/index.ts'
import { inputsOfArguments } from '../../mcp/index.ts'
import { renderCurl } from '../../plan/index.ts'
import { type Caller, callerOfKey } from '../runs/caller.ts'
import type { RunRequest, RunTarget } from '../runs/runs.ts'
import { requireKey } from '../server/authenticate.ts'
import { toErrorBody } from '../server/error-reply.ts'
import type { HubServices } from '../services.ts'
import { accountOfCall, confirmationOfCall, withoutAccount } from './account-of-call.ts'
import { actionGroup } from './action-json.ts'
import { type ApiPlugin, withKey } from './api-plugin.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { idempotencyKey } from './idempotency-key.ts'
import { linesType, rowLines, wantsLines } from './row-lines.ts'
import {
  ActionGroupJson,
  ConfirmHeader,
  ExplainedJson,
  RpcBody,
  RpcResult,
  SearchBody,
  SearchResult,
} from './run-schemas.ts'
import { ErrorJson, nullable } from './schemas.ts'

const tags = ['Actions']
const list = (description: string) =>
  Type.Optional(Type.String({ description: `${description} With commas.` }))
const AccountHeader = Type.Object({
  'x-account-id': Type.Optional(Type.String({ description: 'The linked account.' })),
})
const defaultTopK = 10

/** What can be run, and running it. */
export const actionRoutes: ApiPlugin = async (app, { services }) => {
  const { runs, policies, actions, accounts, idempotency } = services

  app.get(
    '/actions',
    {
      schema: {
        tags,
        summary: 'List actions by connector',
        description: 'What the policies keep from the caller is left out.',
        security: withKey,
        querystring: Type.Object({
          'filter[account_ids]': list('Actions of the connectors of these accounts.'),
          'filter[connectors]': list('Actions of these connectors.'),
          'filter[action_key]': list('Actions of these ids.'),
          group_by: Type.Optional(Type.String({ description: '`connector`, as the answer always is.' })),
          include: Type.Optional(Type.String({ description: '`operation_details` adds schemas of inputs.' })),
          page_size: Type.Optional(
            Type.Integer({ minimum: 1, maximum: 100, description: 'Connectors on a page; 25 by default.' }),
          ),
          next: Type.Optional(Type.String({ description: 'From the page before.' })),
        }),
        response: {
          200: Type.Object({ data: Type.Array(ActionGroupJson), next: nullable(Type.String()) }),
          default: ErrorJson,
        },
      },
    },
    async (request) => {
      const { key, projectId } = await requireKey(request, services, 'read')
      const { query } = request
      const accountIds = splitList(query['filter[account_ids]'])
      const ofAccounts =
        accountIds === undefined && key.accountId === null
          ? undefined
          : await accounts.list(
              projectId,
              { ids: narrowed(key.accountId, accountIds) },
              { limit: 1000, offset: 0 },
            )
      const connectors = intersect(
        splitList(query['filter[connectors]']),
        ofAccounts?.map(({ provider }) => provider),
      )
      const actionIds = splitList(query['filter[action_key]'])
      const groups = await actions.groups(await policies.of(callerOfKey(key)), {
        ...(connectors === undefined ? {} : { connectors }),
        ...(actionIds === undefined ? {} : { actionIds }),
      })
      const [after] = readCursor(query.next, 1) ?? []
      const left = after === undefined ? groups : groups.filter(({ connector }) => connector.key > after)
      const page = left.slice(0, query.page_size ?? 25)
      const last = page.at(-1)
      const detailed = query.include?.split(',').includes('operation_details') === true
      return {
        data: page.map((group) => actionGroup(group, detailed)),
        next: left.length > page.length && last !== undefined ? writeCursor([last.connector.key]) : null,
      }
    },
  )

  app.post(
    '/actions/search',
    {
      schema: {
        tags,
        summary: 'Find actions by a request in words',
        security: withKey,
        body: SearchBody,
        response: { 200: SearchResult, default: ErrorJson },
      },
    },
    async (request) => {
      const { key } = await requireKey(request, services, 'read')
      const { query, connector, top_k, min_similarity } = request.body
      const { found, total } = await actions.search(await policies.of(callerOfKey(key)), query, {
        ...(connector == null ? {} : { connector }),
        topK: top_k ?? defaultTopK,
        minSimilarity: min_similarity ?? 0,
      })
      return {
        results: found.map(({ action, connectorKey, similarity }) => ({
          id: action.qualifiedId,
          similarity_score: similarity,
          connector_key: connectorKey,
          label: action.label,
          description: action.description,
        })),
        total_count: total,
        query,
      }
    },
  )

  app.post(
    '/actions/explain',
    {
      schema: {
        tags,
        summary: 'Show the exact requests that a call would send; nothing is sent',
        security: withKey,
        headers: AccountHeader,
        body: RpcBody,
        response: { 200: ExplainedJson, default: ErrorJson },
      },
    },
    async (request) => {
      const { key } = await requireKey(request, services, 'read')
      const { requests, notes } = await runs.explain(callerOfKey(key), readCall(request, request.body))
      return {
        requests: requests.map((explained) => ({
          step: explained.step,
          method: explained.method,
          url: explained.url,
          headers: { ...explained.headers },
          ...(explained.body === undefined ? {} : { body: explained.body }),
          retry: { ...explained.retry },
          curl: renderCurl([explained]),
          notes: explained.notes.map(({ message }) => message),
        })),
        notes: [...notes],
      }
    },
  )

  app.post(
    '/actions/rpc',
    {
      schema: {
        tags,
        summary: 'Run an action with a linked account',
        description: `With \`Accept: ${linesType}\` a listing is answered with all rows of all pages, one a line, as they come; a failure on the way is the last line. With an \`Idempotency-Key\` a repetition is answered as the first time, for a day. 408 and 429 are answered only where nothing was written.`,
        security: withKey,
        headers: Type.Object({
          ...AccountHeader.properties,
          'x-mainspring-confirm': ConfirmHeader,
          'idempotency-key': Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
        }),
        body: RpcBody,
        response: { 200: RpcResult, default: ErrorJson },
      },
    },
    async (request, reply) => {
      const { key } = await requireKey(request, services, 'read')
      const caller = callerOfKey(key)
      const run: RunRequest = {
        ...readCall(request, request.body),
        ...confirmationOfCall(request, request.body.headers),
        source: 'rpc',
        requestId: request.id,
      }
      const once = idempotencyKey(request)
      if (wantsLines(request.headers.accept)) return sendLines(services, request, reply, caller, run)
      if (once === undefined) return answerOf(await runs.run(caller, run))
      const content = [run.accountId, request.body]
      const answer = await idempotency.once(caller, { key: once, content }, async () => {
        try {
          return { status: 200, body: answerOf(await runs.run(caller, run)), keep: true }
        } catch (thrown) {
          const body = toErrorBody(thrown, request.id, services.clock())
          return { status: body.statusCode, body, keep: isFinal(thrown) }
        }
      })
      if (answer.replayed) reply.header('idempotency-replayed', 'true')
      return reply.code(answer.status as 200).send(answer.body as Static<typeof RpcResult>)
    },
  )
}

/** @throws {HubError} `hub/account-missing` */
function readCall(request: FastifyRequest, body: Static<typeof RpcBody>): RunTarget {
  const { action, path, query, headers, body: inBody } = body
  const parts = { path, query, body: inBody, headers: withoutAccount(headers) }
  return {
    accountId: accountOfCall(request, headers),
    action,
    inputs: (plan) => inputsOfArguments(plan, 'nested', parts),
  }
}

function answerOf({ data, next }: { readonly data: unknown; readonly next?: string }) {
  return { data: data ?? null, next: next ?? null }
}

async function sendLines(
  { runs, clock }: HubServices,
  request: FastifyRequest,
  reply: FastifyReply,
  caller: Caller,
  run: RunRequest,
) {
  const rows = runs.iterate(caller, run)
  const lines = await rowLines(rows, (thrown) => toErrorBody(thrown, request.id, clock()))
  return reply.type(linesType).send(Readable.from(lines))
}

/** Whether a repetition under the same key has to come to the same: not where nothing was sent, or it may be retried. */
function isFinal(thrown: unknown): boolean {
  if (!(thrown instanceof MainspringError)) return true
  const area = thrown.code.slice(0, thrown.code.indexOf('/'))
  return !thrown.retryable && !['hub', 'action', 'connector', 'input', 'policy'].includes(area)
}

function splitList(text: string | undefined): string[] | undefined {
  return text === undefined || text === '' ? undefined : text.split(',').map((part) => part.trim())
}

function narrowed(bound: string | null, ids: readonly string[] | undefined): readonly string[] {
  if (bound === null) return ids ?? []
  return ids === undefined || ids.includes(bound) ? [bound] : []
}

function intersect(
  a: readonly string[] | undefined,
  b: readonly string[] | undefined,
): readonly string[] | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a.filter((value) => b.includes(value))
}
