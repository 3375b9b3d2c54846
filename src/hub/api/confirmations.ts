import { Type } from 'typebox'
import { requireKey } from '../server/authenticate.ts'
import { type ApiPlugin, withKey } from './api-plugin.ts'
import { ConfirmationJson } from './run-schemas.ts'
import { ErrorJson } from './schemas.ts'

const tags = ['Policies']
const params = Type.Object({ id: Type.String() })
const Decided = Type.Object({ id: Type.String(), decision: Type.Enum(['approved', 'declined']) })

/** Calls that wait for an operator. */
export const confirmationRoutes: ApiPlugin = async (app, { services }) => {
  const { confirmations } = services
  app.get(
    '/confirmations',
    {
      schema: {
        tags,
        summary: 'List the calls that wait for an operator, oldest first',
        security: withKey,
        response: { 200: Type.Array(ConfirmationJson), default: ErrorJson },
      },
    },
    async (request) => {
      const { projectId } = await requireKey(request, services, 'admin')
      return (await confirmations.pending(projectId)).map(
        ({ id, caller, accountId, action, inputs, requests, createdAt, expiresAt }) => ({
          id,
          caller,
          account_id: accountId,
          action,
          inputs: { ...inputs },
          requests: [...requests],
          created_at: createdAt,
          expires_at: expiresAt,
        }),
      )
    },
  )
  for (const [word, decision] of [
    ['approve', 'approved'],
    ['decline', 'declined'],
  ] as const)
    app.post(
      `/confirmations/:id/${word}`,
      {
        schema: {
          tags,
          summary:
            word === 'approve'
              ? 'Agree to a call: the token that its caller has becomes good'
              : 'Refuse a call: the token that its caller has is void',
          security: withKey,
          params,
          response: { 200: Decided, default: ErrorJson },
        },
      },
      async (request) => {
        const { projectId, actor } = await requireKey(request, services, 'admin')
        const { id } = request.params
        await confirmations[word](projectId, id, actor)
        return { id, decision }
      },
    )
}
