import { Type } from 'typebox'
import { type HeldBack, heldBack } from '../accounts/held-back.ts'
import { requireKey } from '../server/authenticate.ts'
import { type ApiPlugin, withKey } from './api-plugin.ts'
import { ownId } from './own-id.ts'
import { ErrorJson } from './schemas.ts'

const tags = ['Operation']
const place = {
  connector: Type.String(),
  account_id: Type.String(),
  retry_after_ms: Type.Integer({ description: 'Milliseconds until requests go out again.' }),
}
const held = {
  circuits: Type.Array(
    Type.Object({
      ...place,
      host: Type.String(),
      state: Type.Union([Type.Literal('open'), Type.Literal('half-open')], {
        description:
          '`half-open`: the next request, or one under way, finds out whether the host works again.',
      }),
    }),
    { description: 'Hosts that failed too often and are left alone.' },
  ),
  pauses: Type.Array(Type.Object({ ...place, pool: Type.String() }), {
    description: 'Accounts whose provider asked to slow down.',
  }),
}

const FlowJson = Type.Object(
  {
    running: Type.Integer({ description: 'Requests to providers under way, of the whole process.' }),
    waiting: Type.Integer({ description: 'Requests that wait for their turn, of the whole process.' }),
    ...held,
  },
  { title: 'Flow' },
)
const AccountFlowJson = Type.Object(held, { title: 'AccountFlow' })

/** What holds requests to providers back just now, in this process. */
export const flowRoutes: ApiPlugin = async (app, { services }) => {
  app.get(
    '/flow',
    {
      schema: {
        tags,
        summary: 'What holds requests to providers back: open circuits, pauses, waiting requests',
        security: withKey,
        response: { 200: FlowJson, default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId } = await requireKey(request, services, 'admin')
      const state = services.flow.state()
      return { running: state.running, waiting: state.waiting, ...heldJson(heldBack(state, projectId)) }
    },
  )

  app.get(
    '/accounts/:id/flow',
    {
      schema: {
        tags: ['Accounts'],
        summary: "What holds an account's requests back: open circuits, pauses",
        security: withKey,
        params: Type.Object({ id: Type.String({ description: 'The account.' }) }),
        response: { 200: AccountFlowJson, default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId, key } = await requireKey(request, services, 'read')
      const { id } = await services.accounts.get(projectId, ownId(key.accountId, request.params.id))
      return heldJson(heldBack(services.flow.state(), projectId, id))
    },
  )
}

function heldJson({ circuits, pauses }: HeldBack) {
  const named = <Entry extends { readonly accountId: string; readonly retryAfterMs: number }>(
    entries: readonly Entry[],
  ) =>
    entries.map(({ accountId, retryAfterMs, ...entry }) => ({
      ...entry,
      account_id: accountId,
      retry_after_ms: retryAfterMs,
    }))
  return { circuits: named(circuits), pauses: named(pauses) }
}
