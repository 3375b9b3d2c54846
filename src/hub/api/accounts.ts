import { Type } from 'typebox'
import type { AccountChangeRequest } from '../accounts/accounts.ts'
import { HubError } from '../hub-error.ts'
import { requireKey } from '../server/authenticate.ts'
import type { HubServices } from '../services.ts'
import type { AccountRecord } from '../store/index.ts'
import { accountJson } from './account-json.ts'
import { type ApiPlugin, withKey } from './api-plugin.ts'
import { connectorMeta } from './connector-meta.ts'
import { ownId } from './own-id.ts'
import { AccountJson, ConnectorMetaJson, DisconnectedJson, ErrorJson } from './schemas.ts'

const many = (description: string) =>
  Type.Optional(Type.Array(Type.String(), { description: `${description} The parameter may be repeated.` }))
const one = (description: string) => Type.Optional(Type.String({ description }))
const AccountId = Type.Object({ id: Type.String({ description: 'The account.' }) })
const Anything = Type.Optional(Type.Unknown())
const tags = ['Accounts']

/** Linked accounts. */
export const accountRoutes: ApiPlugin = async (app, { services }) => {
  const { accounts } = services
  const show = async (account: AccountRecord) =>
    accountJson(account, await providerName(services, account.provider))

  app.get(
    '/accounts',
    {
      schema: {
        tags,
        summary: 'List accounts, newest first',
        security: withKey,
        querystring: Type.Object({
          account_ids: many('Accounts of these ids.'),
          providers: many('Accounts of these connectors.'),
          provider: one('Accounts of this connector.'),
          origin_owner_ids: many('Accounts of these owners.'),
          origin_owner_id: one('Accounts of this owner.'),
          status: many('Accounts of these statuses.'),
          search: one('Words in label, owner, connector or id.'),
          page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1e9, description: '1 by default.' })),
          page_size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: '25 by default.' })),
        }),
        response: { 200: Type.Array(AccountJson), default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId, key } = await requireKey(request, services, 'read')
      const { query } = request
      const limit = query.page_size ?? 25
      const found = await accounts.list(
        projectId,
        {
          ...listFilter('ids', narrow(key.accountId, query.account_ids)),
          ...listFilter('providers', joined(query.providers, query.provider)),
          ...listFilter('originOwnerIds', joined(query.origin_owner_ids, query.origin_owner_id)),
          ...listFilter('statuses', query.status),
          ...(query.search === undefined ? {} : { search: query.search }),
        },
        { limit, offset: ((query.page ?? 1) - 1) * limit },
      )
      return Promise.all(found.map(show))
    },
  )

  app.get(
    '/accounts/:id',
    {
      schema: {
        tags,
        summary: 'Get an account',
        security: withKey,
        params: AccountId,
        response: { 200: AccountJson, default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId, key } = await requireKey(request, services, 'read')
      return show(await accounts.get(projectId, ownId(key.accountId, request.params.id)))
    },
  )

  app.patch(
    '/accounts/:id',
    {
      schema: {
        tags,
        summary: 'Change what is said about an account',
        description:
          'What is left out stays as it is. An empty object means "not said" as well: some clients send it in place of a text. Credentials are changed by linking again.',
        security: withKey,
        params: AccountId,
        body: Type.Object({
          origin_owner_id: Anything,
          origin_owner_name: Anything,
          origin_username: Anything,
          label: Anything,
          metadata: Anything,
          type: Anything,
          status: Anything,
          credentials: Anything,
          setup_information: Anything,
          secrets: Anything,
        }),
        response: { 200: AccountJson, default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId, key, actor } = await requireKey(request, services, 'write')
      const id = ownId(key.accountId, request.params.id)
      return show(await accounts.update(projectId, id, readChanges(request.body), actor))
    },
  )

  app.delete(
    '/accounts/:id',
    {
      schema: {
        tags,
        summary: 'Remove an account and its secrets',
        security: withKey,
        params: AccountId,
        description:
          'The provider is told to take its tokens back, where the connector says how; what came of that is in `revocation`. A failure there does not keep the account.',
        response: { 200: DisconnectedJson, default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId, key, actor } = await requireKey(request, services, 'write')
      const id = ownId(key.accountId, request.params.id)
      const { account, revocation } = await services.disconnect(projectId, id, actor)
      if (revocation.outcome === 'failed')
        request.log.warn({ account: id, revocation }, 'tokens were not revoked')
      const { outcome, code = null, message = null } = revocation
      return { ...(await show(account)), revocation: { outcome, code, message } }
    },
  )

  app.get(
    '/accounts/:id/meta',
    {
      schema: {
        tags,
        summary: "Describe an account's connector",
        security: withKey,
        params: AccountId,
        response: { 200: ConnectorMetaJson, default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId, key } = await requireKey(request, services, 'read')
      const account = await accounts.get(projectId, ownId(key.accountId, request.params.id))
      const connector = await services.catalog.connector(account.provider)
      const all = await services.integrations.ofConnector(projectId, connector.key)
      return connectorMeta(connector, all)
    },
  )
}

/** The connector's title, or its key where it is no longer in the catalog. */
async function providerName({ catalog }: HubServices, provider: string): Promise<string> {
  return catalog.connector(provider).then(
    ({ title }) => title,
    () => provider,
  )
}

function narrow(bound: string | null, wanted: readonly string[] | undefined): readonly string[] | undefined {
  if (bound === null) return wanted
  return wanted === undefined || wanted.includes(bound) ? [bound] : []
}

function joined(list: readonly string[] | undefined, single: string | undefined): string[] | undefined {
  return list === undefined && single === undefined
    ? undefined
    : [...(list ?? []), ...(single === undefined ? [] : [single])]
}

/** Lists come as repeated parameters, or as one with commas. */
function listFilter<Key extends string>(
  key: Key,
  values: readonly string[] | undefined,
): { readonly [K in Key]?: readonly string[] } {
  if (values === undefined) return {}
  return { [key]: values.flatMap((value) => value.split(',')).filter(Boolean) } as { [K in Key]: string[] }
}

/** `{}` in place of a text means that nothing was said: a client of StackOne sends it for what it was not given. */
function readChanges(body: Readonly<Record<string, unknown>>): AccountChangeRequest {
  const problems: string[] = []
  const text = (field: string, nullable: boolean) => {
    const value = body[field]
    if (value === undefined || isEmptyObject(value)) return undefined
    if (typeof value === 'string' && (nullable || value !== '')) return value
    if (value === null) return nullable ? null : undefined
    problems.push(`${field} has to be a text`)
    return undefined
  }
  const oneOf = <T extends string>(field: string, allowed: readonly T[]): T | undefined => {
    const value = body[field]
    if (value === undefined || value === null || isEmptyObject(value)) return undefined
    const found = allowed.find((candidate) => candidate === value)
    if (found === undefined) problems.push(`${field} has to be one of ${allowed.join(', ')}`)
    return found
  }
  const changes = {
    label: text('label', true),
    originOwnerId: text('origin_owner_id', false),
    originOwnerName: text('origin_owner_name', false),
    originUsername: text('origin_username', true),
    metadata: readMetadata(body['metadata'], problems),
    type: oneOf('type', ['production', 'test']),
    status: oneOf('status', ['active', 'inactive']),
  }
  for (const field of ['credentials', 'setup_information', 'secrets']) {
    const value = body[field]
    if (value !== undefined && value !== null && !isEmptyObject(value))
      problems.push(`${field} cannot be changed here; link the account again with a connect session`)
  }
  if (problems.length > 0)
    throw new HubError('hub/invalid-request', {
      message: `The account was not changed: ${problems.join('; ')}.`,
    })
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
}

function readMetadata(value: unknown, problems: string[]): Record<string, unknown> | undefined {
  if (value === undefined || value === null || isEmptyObject(value)) return undefined
  if (typeof value === 'object' && !Array.isArray(value)) return { ...value }
  problems.push('metadata has to be an object')
  return undefined
}

function isEmptyObject(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
  )
}
