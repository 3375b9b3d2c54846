import type { FastifyInstance } from 'fastify'
import { forPeople, type PageTools, readQuery } from '../http/index.ts'
import { actorNames } from '../models/index.ts'
import { auditView } from '../views/index.ts'

const pageSize = 50

/** Who did what. */
export function auditRoutes(app: FastifyInstance, tools: PageTools): void {
  const { audit } = tools.services
  app.get('/audit', forPeople, async (request, reply) => {
    const { projectId, context } = await tools.visit(request)
    const query = readQuery(request)
    const kind = /^[a-z]+$/.exec(query.text('kind'))?.[0] ?? ''
    const before = /^\d{1,9}$/.exec(query.text('before'))?.[0]
    const [{ rows, next }, nameOf] = await Promise.all([
      audit.list(projectId, kind === '' ? {} : { action: `${kind}.*` }, {
        limit: pageSize,
        before: before === undefined ? undefined : Number(before),
      }),
      actorNames(tools.services, projectId),
    ])
    const verdict = query.text('verify') === '' ? undefined : await audit.verify(projectId)
    const view = auditView(context, {
      kind,
      rows: rows.map(({ seq, at, actor, action, subject, detail }) => ({
        seq,
        at,
        action,
        subject,
        who: nameOf(actor),
        detail: Object.keys(detail).length === 0 ? '' : JSON.stringify(detail).slice(0, 300),
      })),
      ...(next === undefined ? {} : { nextHref: `/audit?kind=${kind}&before=${next}` }),
      ...(verdict === undefined
        ? {}
        : {
            verdict:
              verdict.broken === null
                ? {
                    intact: true,
                    text: `${verdict.entries} entries follow from each other. The last hash is ${verdict.head?.hash ?? 'none'}: noted elsewhere, it tells later whether the end was cut off.`,
                  }
                : { intact: false, text: `At entry ${verdict.broken.seq}: ${verdict.broken.why}.` },
          }),
    })
    return tools.send(reply, view, context)
  })
}
