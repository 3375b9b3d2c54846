import type { FastifyInstance } from 'fastify'
import { writeExactJson } from '../../../http/index.ts'
import { forPeople, type PageTools, readForm } from '../http/index.ts'
import { accountTitle, actorNames } from '../models/index.ts'
import { confirmationsView } from '../views/index.ts'

/** Calls that wait for an operator. */
export function confirmationRoutes(app: FastifyInstance, tools: PageTools): void {
  const { confirmations, accounts } = tools.services
  app.get('/confirmations', forPeople, async (request, reply) => {
    const { projectId, context } = await tools.visit(request)
    const [waiting, nameOf] = await Promise.all([
      confirmations.pending(projectId),
      actorNames(tools.services, projectId),
    ])
    const calls = await Promise.all(
      waiting.map(async ({ accountId, caller, inputs, requests, ...call }) => {
        const account = await accounts.get(projectId, accountId).catch(() => undefined)
        return {
          ...call,
          accountTitle: account === undefined ? accountId : accountTitle(account),
          who: nameOf(caller),
          text: [...requests, writeExactJson(inputs, 2)].join('\n'),
        }
      }),
    )
    return tools.send(reply, confirmationsView(context, calls), context)
  })

  app.post('/confirmations/:id', async (request, reply) => {
    const { projectId, actor } = await tools.change(request)
    const { id } = request.params as { id: string }
    const approved = readForm(request).text('decision') === 'approve'
    await confirmations[approved ? 'approve' : 'decline'](projectId, id, actor)
    return tools.goTo(reply, '/confirmations', approved ? 'approved' : 'declined')
  })
}
