import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { grantOfSession } from '../connect/grant-of-session.ts'
import type { LinkResult } from '../connect/link-accounts.ts'
import { secretMark } from '../connect/merge-values.ts'
import { HubError } from '../hub-error.ts'
import type { Integration } from '../integrations/integration.ts'
import { requireConnectSession } from '../server/authenticate.ts'
import type { AccountRecord, ConnectSessionRecord } from '../store/index.ts'
import { type ApiPlugin, withSession } from './api-plugin.ts'
import { componentField } from './component-form.ts'
import { LinkRefusal } from './link-refusal.ts'
import { ErrorJson } from './schemas.ts'

const tags = ['Component']
const text = Type.String()
const Values = Type.Record(Type.String(), Type.Unknown())

/** What StackOne's hub component, and any page that embeds the form, calls with the token of a connect session. */
export const componentRoutes: ApiPlugin = async (app, { services }) => {
  const { integrations, accounts, linking } = services
  const base = { tags, security: withSession }

  app.get(
    '/hub/settings',
    {
      schema: {
        ...base,
        summary: 'What the form may show',
        response: {
          200: Type.Object({
            enabled_features: Type.Array(text),
            existing_account_id: Type.Optional(text),
            hub_name: text,
          }),
          default: ErrorJson,
        },
      },
    },
    async (request) => {
      const session = await requireConnectSession(request, services)
      const { hubName } = await services.settings.get(session.projectId)
      return {
        enabled_features: [],
        hub_name: hubName,
        ...(session.accountId === null ? {} : { existing_account_id: session.accountId }),
      }
    },
  )

  app.get(
    '/hub/connectors',
    {
      schema: {
        ...base,
        summary: 'What can be linked',
        querystring: Type.Object({ provider: Type.Optional(text) }),
        response: {
          200: Type.Object({
            integrations: Type.Array(
              Type.Object({
                active: Type.Boolean(),
                name: text,
                provider: text,
                type: text,
                version: text,
                integration_id: text,
                logo_url: Type.Optional(text),
                authentication_config_key: text,
                environment: text,
              }),
            ),
          }),
          default: ErrorJson,
        },
      },
    },
    async (request) => {
      const session = await requireConnectSession(request, services)
      const wanted = request.query.provider ?? session.provider ?? undefined
      const all = await offeredTo(session)
      const found = all.filter(({ connector }) => wanted === undefined || connector.key === wanted)
      return {
        integrations: found.map((integration) => ({
          active: integration.active,
          name: nameOf(integration, found),
          provider: integration.connector.key,
          type: kindOf(integration),
          version: integration.connector.version,
          integration_id: integration.id,
          ...(integration.connector.icon === undefined ? {} : { logo_url: integration.connector.icon }),
          authentication_config_key: integration.method.key,
          environment: integration.environment.key,
        })),
      }
    },
  )

  app.get(
    '/hub/connectors/:integrationId',
    {
      schema: {
        ...base,
        summary: 'The form of an integration',
        params: Type.Object({ integrationId: text }),
        response: {
          200: Type.Object({ config: Type.Unknown(), hub_settings: Type.Unknown() }),
          default: ErrorJson,
        },
      },
    },
    async (request) => {
      const session = await requireConnectSession(request, services)
      const integration = await integrations.get(session.projectId, request.params.integrationId)
      const { method } = integration
      const { guide, support, configNotices = [] } = method
      const warning =
        guide?.warning === undefined ? [] : [{ key: 'warning', type: 'warning', description: guide.warning }]
      const notices = [...warning, ...configNotices]
      return {
        config: {
          key: method.key,
          name: method.label,
          type: kindOf(integration),
          ...(method.oauth === undefined ? {} : { grantType: method.oauth.grantType }),
          configFields: method.configFields.map(componentField),
          ...(notices.length === 0 ? {} : { configNotices: notices }),
          ...(support === undefined ? {} : { support }),
        },
        hub_settings: {},
      }
    },
  )

  const LinkedJson = Type.Object({ id: text, provider: text })
  app.post(
    '/hub/accounts',
    {
      schema: {
        ...base,
        summary: 'Link an account',
        body: Type.Object({ integration_id: text, credentials: Values }),
        response: { 201: LinkedJson, default: ErrorJson },
      },
    },
    async (request, reply) => {
      const session = await requireConnectSession(request, services)
      const { integration_id: integrationId, credentials: values } = request.body
      const result = await linking.link(
        { ...grantOfSession(session), accountId: null },
        { integrationId, values },
        { signal: whileConnected(reply) },
      )
      const account = linkedAccount(result)
      return reply.code(201).send({ id: account.id, provider: account.provider })
    },
  )

  app.get(
    '/hub/accounts/:id',
    {
      schema: {
        ...base,
        summary: 'The stored form of the account to edit',
        params: Type.Object({ id: text }),
        response: {
          200: Type.Object({
            secureId: text,
            provider: text,
            integrationId: text,
            version: text,
            setupInformation: Type.Record(Type.String(), text),
            secrets: Type.Record(Type.String(), text),
          }),
          default: ErrorJson,
        },
      },
    },
    async (request) => {
      const session = await requireConnectSession(request, services)
      const account = await editedAccount(session, request.params.id)
      const { secretKeys } = await accounts.storedFields(session.projectId, account.id)
      const connector = await services.catalog.connector(account.provider)
      return {
        secureId: account.id,
        provider: account.provider,
        integrationId: account.integrationId,
        version: connector.version,
        setupInformation: { ...account.setupInformation },
        secrets: Object.fromEntries(secretKeys.map((key) => [key, secretMark])),
      }
    },
  )

  app.patch(
    '/hub/accounts/:id',
    {
      schema: {
        ...base,
        summary: 'Link an account again in its place',
        description: 'Fields that are not sent, and secrets that are empty or masked, keep what is stored.',
        params: Type.Object({ id: text }),
        body: Type.Object({ integration_id: Type.Optional(text), credentials: Type.Optional(Values) }),
        response: { 200: LinkedJson, default: ErrorJson },
      },
    },
    async (request, reply) => {
      const session = await requireConnectSession(request, services)
      const before = await editedAccount(session, request.params.id)
      const { integration_id: integrationId = before.integrationId, credentials: values = {} } = request.body
      const result = await linking.link(
        { ...grantOfSession(session), accountId: before.id },
        { integrationId, values },
        { signal: whileConnected(reply) },
      )
      const account = linkedAccount(result)
      return { id: account.id, provider: account.provider }
    },
  )

  async function offeredTo(session: ConnectSessionRecord): Promise<readonly Integration[]> {
    const all = await integrations.list(session.projectId)
    const within = all.filter(
      ({ active, connector }) =>
        active &&
        (session.categories.length === 0 ||
          connector.actions.some(({ categories }) =>
            categories.some((category) => session.categories.includes(category)),
          )),
    )
    return Promise.all(within.map(({ id }) => integrations.get(session.projectId, id)))
  }

  /** The session names one account; another's id is as unknown as an invented one. */
  async function editedAccount(session: ConnectSessionRecord, id: string): Promise<AccountRecord> {
    const account = await accounts.get(session.projectId, id)
    const own =
      session.accountId === id ||
      (session.accountId === null &&
        account.originOwnerId === session.originOwnerId &&
        account.originOwnerName === session.originOwnerName)
    if (!own) throw new HubError('hub/account-unknown', { message: `There is no account "${id}".` })
    return account
  }
}

function linkedAccount(result: LinkResult): AccountRecord {
  if (!result.linked) throw new LinkRefusal(result.failure)
  return result.account
}

function kindOf({ method }: Integration): string {
  // What sends people to the provider; credentials of a client are a plain form to them.
  return method.oauth?.hasAuthorizationUrl === true || method.mcp !== undefined ? 'oauth2' : 'custom'
}

/** Told apart only where there is something to tell apart. */
function nameOf({ connector, method, environment }: Integration, all: readonly Integration[]): string {
  const same = all.filter((other) => other.connector.key === connector.key)
  const methods = new Set(same.map((other) => other.method.key)).size > 1 ? [method.label] : []
  const environments =
    new Set(same.map((other) => other.environment.key)).size > 1 || environment.key !== 'production'
      ? [environment.name]
      : []
  const details = [...methods, ...environments]
  return details.length === 0 ? connector.title : `${connector.title} (${details.join(', ')})`
}

/** A test at the provider ends when nobody waits for it any longer. */
function whileConnected(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort()
  })
  return gone.signal
}
