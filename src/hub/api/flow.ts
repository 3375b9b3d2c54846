import { Type } from 'typebox'
import { accountIdOf } from '../accounts/account-key.ts'
import { requireKey } from '../server/authenticate.ts'
import { type ApiPlugin, withKey } from './api-plugin.ts'
import { ErrorJson, nullable } from './schemas.ts'

const place = {
  connector: Type.String(),
  account_id: nullable(Type.String()),
  retry_after_ms: Type.Integer({ description: 'Milliseconds until requests go out again.' }),
}

const FlowJson = Type.Object(
  {
    running: Type.Integer({ description: 'Requests to providers under way, of the whole process.' }),
    waiting: Type.Integer({ description: 'Requests that wait for their turn, of the whole process.' }),
    circuits: Type.Array(
      Type.Object({
        ...place,
        host: Type.String(),
        state: Type.Union([Type.Literal('open'), Type.Literal('half-open')]),
      }),
      { description: 'Hosts that failed too often and are left alone.' },
    ),
    pauses: Type.Array(Type.Object({ ...place, pool: Type.String() }), {
      description: 'Accounts whose provider asked to slow down.',
    }),
  },
  { title: 'Flow' },
)

/** What holds the requests of the project's accounts back just now. */
export const flowRoutes: ApiPlugin = async (app, { services }) => {
  app.get(
    '/flow',
    {
      schema: {
        tags: ['Operation'],
        summary: 'What holds requests to providers back: open circuits, pauses, waiting requests',
        security: withKey,
        response: { 200: FlowJson, default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId } = await requireKey(request, services, 'admin')
      const { running, waiting, circuits, pauses } = services.flow.state()
      const own = <Entry extends Held>(entries: readonly Entry[]) =>
        entries.flatMap(({ account, retryAfterMs, ...entry }) => {
          const id = accountIdOf(account, projectId)
          return id === undefined
            ? []
            : [{ ...entry, account_id: id, retry_after_ms: Math.ceil(retryAfterMs) }]
        })
      return { running, waiting, circuits: own(circuits), pauses: own(pauses) }
    },
  )
}

interface Held {
  readonly account?: string
  readonly retryAfterMs: number
}
