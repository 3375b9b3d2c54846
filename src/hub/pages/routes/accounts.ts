import type { FastifyInstance } from 'fastify'
import { heldBack } from '../../accounts/held-back.ts'
import type { AccountFilter } from '../../store/index.ts'
import { type FormValues, forPeople, type PageTools, readForm, readQuery } from '../http/index.ts'
import { accountModel, accountRow, accountTitle, connectorNames } from '../models/index.ts'
import { type AccountsFilter, accountsView, accountView, disconnectView } from '../views/index.ts'

const pageSize = 25

/** What is said of a disconnected account, by what came of its tokens at the provider. */
const saidOf = {
  revoked: 'disconnected-revoked',
  unsupported: 'disconnected',
  refused: 'disconnected-not-revoked',
  failed: 'disconnected-not-revoked',
} as const

/** The list of accounts, and the page of one. */
export function accountRoutes(app: FastifyInstance, tools: PageTools): void {
  const { services } = tools
  const { accounts, linking, connectSessions } = services
  const idOf = (request: { readonly params: unknown }) => (request.params as { id: string }).id

  app.get('/accounts', forPeople, async (request, reply) => {
    const { projectId, context } = await tools.visit(request)
    const query = readQuery(request)
    const filter = filterOf(query)
    const wanted = storeFilter(filter)
    const total = await accounts.count(projectId, wanted)
    const page = Math.min(
      Math.max(1, Number.parseInt(query.text('page'), 10) || 1),
      Math.max(1, Math.ceil(total / pageSize)),
    )
    const offset = (page - 1) * pageSize
    const [records, names] = await Promise.all([
      accounts.list(projectId, wanted, { limit: pageSize, offset }),
      connectorNames(services),
    ])
    const { circuits } = heldBack(services.flow.state(), projectId)
    const view = accountsView(context, {
      rows: records.map((record) => accountRow(record, names, circuits)),
      filter,
      providers: names.all,
      pager: {
        first: total === 0 ? 0 : offset + 1,
        last: offset + records.length,
        total,
        noun: total === 1 ? 'account' : 'accounts',
        ...(page > 1 ? { previousHref: pageHref(filter, page - 1) } : {}),
        ...(offset + records.length < total ? { nextHref: pageHref(filter, page + 1) } : {}),
      },
    })
    return tools.send(reply, view, context)
  })

  app.get('/accounts/:id', forPeople, async (request, reply) => {
    const { projectId, context } = await tools.visit(request)
    return tools.send(
      reply,
      accountView(context, await accountModel(services, projectId, idOf(request))),
      context,
    )
  })

  app.post('/accounts/:id/test', async (request, reply) => {
    const { projectId } = await tools.change(request)
    const id = idOf(request)
    const failure = await linking.testAccount(projectId, id)
    return tools.goTo(reply, `/accounts/${encodeURIComponent(id)}`, failure === null ? 'works' : undefined)
  })

  app.post('/accounts/:id/rename', async (request, reply) => {
    const { projectId, actor } = await tools.change(request)
    const id = idOf(request)
    const label = readForm(request).text('label').slice(0, 120)
    await accounts.update(projectId, id, { label: label === '' ? null : label }, actor)
    return tools.goTo(reply, `/accounts/${encodeURIComponent(id)}`, 'renamed')
  })

  for (const [way, status, said] of [
    ['pause', 'inactive', 'paused'],
    ['resume', 'active', 'resumed'],
  ] as const)
    app.post(`/accounts/:id/${way}`, async (request, reply) => {
      const { projectId, actor } = await tools.change(request)
      const id = idOf(request)
      await accounts.update(projectId, id, { status }, actor)
      return tools.goTo(reply, `/accounts/${encodeURIComponent(id)}`, said)
    })

  app.post('/accounts/:id/subscribe', async (request, reply) => {
    const { projectId, actor } = await tools.change(request)
    const id = idOf(request)
    await services.subscriptions.add(projectId, { accountId: id }, actor)
    return tools.goTo(reply, `/accounts/${encodeURIComponent(id)}`, 'subscribed')
  })

  app.post('/accounts/:id/unsubscribe', async (request, reply) => {
    const { projectId, actor } = await tools.change(request)
    const id = idOf(request)
    const subscription = await services.subscriptions.get(projectId, readForm(request).text('subscription'))
    await services.subscriptions.remove(projectId, subscription.id, actor)
    return tools.goTo(reply, `/accounts/${encodeURIComponent(id)}`, 'unsubscribed')
  })

  app.post('/accounts/:id/reconnect', async (request, reply) => {
    const { projectId, actor } = await tools.change(request)
    const account = await accounts.get(projectId, idOf(request))
    const { token } = await connectSessions.create(
      projectId,
      {
        originOwnerId: account.originOwnerId,
        originOwnerName: account.originOwnerName,
        originUsername: account.originUsername,
        provider: account.provider,
        accountId: account.id,
      },
      actor,
    )
    return tools.goTo(reply, `/connect/${token}`)
  })

  app.get('/accounts/:id/disconnect', async (request, reply) => {
    const { projectId, context } = await tools.visit(request)
    const [account, names] = await Promise.all([
      accounts.get(projectId, idOf(request)),
      connectorNames(services),
    ])
    const model = { id: account.id, title: accountTitle(account), connector: names.of(account.provider) }
    return tools.send(reply, disconnectView(context, model), context)
  })

  app.post('/accounts/:id/disconnect', async (request, reply) => {
    const { projectId, actor } = await tools.change(request)
    const id = idOf(request)
    const { revocation } = await services.disconnect(projectId, id, actor)
    if (revocation.outcome === 'failed')
      request.log.warn({ account: id, revocation }, 'tokens were not revoked')
    return tools.goTo(reply, '/accounts', saidOf[revocation.outcome])
  })
}

function filterOf(query: FormValues): AccountsFilter {
  return {
    search: query.text('search').slice(0, 200),
    provider: query.text('provider'),
    status: query.text('status'),
    type: query.text('type'),
  }
}

function storeFilter({ search, provider, status, type }: AccountsFilter): AccountFilter {
  return {
    ...(search === '' ? {} : { search }),
    ...(provider === '' ? {} : { providers: [provider] }),
    ...(status === '' ? {} : { statuses: [status] }),
    ...(type === '' ? {} : { types: [type] }),
  }
}

function pageHref(filter: AccountsFilter, page: number): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''))
  query.set('page', String(page))
  return `/accounts?${query}`
}
