import { Type } from 'typebox'
import type { Admission } from '../server/admission.ts'
import { isHeapShort } from '../server/heap.ts'
import type { HubServices } from '../services.ts'
import { proveKeys } from '../vault/prove-keys.ts'
import type { ApiPlugin } from './api-plugin.ts'

const tags = ['Operation']
const StatusJson = Type.Object({ status: Type.String() })
const Check = Type.Enum(['ok', 'failing'])
const ReadyJson = Type.Object({
  status: Type.String({ description: '`ready`, or what fails.' }),
  checks: Type.Object({
    store: Check,
    migrations: Check,
    vault: Type.Enum(['ok', 'failing'], { description: 'Whether the master keys open the database.' }),
    writes: Type.Enum(['ok', 'failing'], {
      description: 'Failing from a change that was not taken until one is.',
    }),
    admission: Type.Enum(['ok', 'failing'], { description: 'Failing while the hub is about to end.' }),
    memory: Type.Enum(['ok', 'failing'], {
      description: 'Failing while the heap is nearly used up, and calls are refused for it.',
    }),
  }),
  providers: Type.Object(
    {
      running: Type.Integer({ description: 'Requests under way.' }),
      waiting: Type.Integer({ description: 'Requests that wait for their turn.' }),
      open_circuits: Type.Integer({
        description: 'Hosts that failed too often and are left alone, counted for each account.',
      }),
    },
    { description: 'How this process fares with providers. That one fails does not make the hub unready.' },
  ),
})

interface HealthOptions {
  readonly services: HubServices
  readonly admission: Admission
}

/** For whoever watches the process. */
export const healthRoutes = (async (app, { services, admission }: HealthOptions) => {
  app.get(
    '/health',
    { schema: { tags, summary: 'Whether the process answers', response: { 200: StatusJson } } },
    async () => ({ status: 'ok' }),
  )
  app.get(
    '/ready',
    {
      schema: {
        tags,
        summary: 'Whether the hub can work: database, tables, vault, memory, and no end in sight',
        response: { 200: ReadyJson, 503: ReadyJson },
      },
    },
    async (_request, reply) => {
      const { answers, migrated, writable } = await services.store.health()
      const opens = answers && migrated && (await opensVault(services))
      const short = isHeapShort()
      const failures = [
        ...(admission.draining ? ['the hub is about to end'] : []),
        ...(short ? ['the memory is nearly used up'] : []),
        ...(answers ? [] : ['the database does not answer']),
        ...(answers && !migrated ? ['the tables are not those of this version'] : []),
        ...(answers && migrated && !opens ? ['the master key does not open the database'] : []),
        ...(answers && !writable ? ['the last change could not be stored'] : []),
      ]
      const { running, waiting, circuits } = services.flow.state()
      const said = (good: boolean) => (good ? 'ok' : 'failing')
      return reply.code(failures.length === 0 ? 200 : 503).send({
        status: failures.length === 0 ? 'ready' : failures.join('; '),
        checks: {
          store: said(answers),
          migrations: said(migrated),
          vault: said(opens),
          writes: said(writable),
          admission: said(!admission.draining),
          memory: said(!short),
        },
        providers: { running, waiting, open_circuits: circuits.length },
      })
    },
  )
}) satisfies (app: Parameters<ApiPlugin>[0], options: HealthOptions) => Promise<void>

async function opensVault({ store, keyRing }: HubServices): Promise<boolean> {
  try {
    await proveKeys(store, keyRing)
    return true
  } catch {
    return false
  }
}
