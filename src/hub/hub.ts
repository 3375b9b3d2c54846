import { chmod, mkdir } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { openCatalog } from '../catalog/index.ts'
import type { CircuitChange } from '../engine/index.ts'
import { noteCircuit } from './accounts/note-circuit.ts'
import { HubError } from './hub-error.ts'
import type { HubOptions } from './hub-options.ts'
import { openTransport } from './hub-transport.ts'
import { defaultLogBounds } from './logs/request-logs.ts'
import { AdmissionCounter } from './server/admission.ts'
import { createServer } from './server/create-server.ts'
import { listenOn } from './server/listen.ts'
import { createServices, defaultProject, type HubServices } from './services.ts'
import { databaseAddress } from './store/database-address.ts'
import { type DatabaseAddress, openStore } from './store/index.ts'
import { loadKeyRing } from './vault/load-key-ring.ts'
import { proveKeys, rememberKey } from './vault/prove-keys.ts'

/** A hub that is ready to listen, or to be called in process through `app.inject` and `services`. */
export interface Hub {
  readonly app: FastifyInstance
  readonly services: HubServices
  /** The API key made at this very start: it can be shown now and never again. */
  readonly firstApiKey?: string
  /** Where people reach it; without a slash at the end. */
  readonly url: string
  /** @returns the address, such as `http://127.0.0.1:4000`. @throws {HubError} `hub/port-in-use` */
  listen(at: { readonly port: number; readonly host?: string }): Promise<string>
  /**
   * Takes nothing new (503), waits for what is under way until the deadline, and closes the database. What a provider
   * has not answered by then is cut off.
   */
  close(): Promise<void>
}

/** Shorter than the 30 s after which supervisors usually kill. */
const usualDrainMs = 10_000

/**
 * Opens the data, brings it up to date, and builds the server. Nothing listens yet.
 *
 * @throws {HubError} `hub/data-folder`, `hub/master-key-*`, `hub/store-*`
 * @throws {DefinitionError} `definition/not-found`: no connector there
 */
export async function createHub(options: HubOptions): Promise<Hub> {
  const clock = options.clock ?? (() => new Date())
  const catalog =
    typeof options.connectors === 'string' ? await openCatalog(options.connectors) : options.connectors
  const transport = openTransport(options)
  const address = await prepareDatabase(options)
  const keyRing = await loadKeyRing(options, address)
  const store = await openStore(address)
  try {
    await proveKeys(store, keyRing)
    await store.migrate()
    const now = clock().toISOString()
    await rememberKey(store, keyRing, now)
    await store.projects.ensure(defaultProject, now)

    let listening: string | undefined
    let tellCircuit: (change: CircuitChange) => void = () => {}
    const baseUrl = () => options.baseUrl?.replace(/\/+$/, '') ?? listening ?? 'http://127.0.0.1'
    const services = createServices({
      baseUrl,
      clock,
      store,
      keyRing,
      catalog,
      integrations: options.integrations ?? [],
      transport,
      requestLog: { ...defaultLogBounds, ...options.requestLog },
      flow: {
        ...options.flow,
        onCircuit(change) {
          tellCircuit(change)
          options.flow?.onCircuit?.(change)
        },
      },
    })
    const firstApiKey = await ensureFirstKey(services, options.apiKey)
    const admission = new AdmissionCounter()
    const ending = new AbortController()
    const app = await createServer(services, options, admission)
    tellCircuit = (change) => {
      app.log.warn({ circuit: change }, `the circuit of a host ${change.state}`)
      noteCircuit(store, change, clock().toISOString()).catch(() =>
        app.log.error('the circuit of a host could not be noted in the history of its account'),
      )
    }
    return {
      app,
      services,
      ...(firstApiKey === undefined ? {} : { firstApiKey }),
      get url() {
        return baseUrl()
      },
      async listen(at) {
        listening = await listenOn(app, at)
        services.webhooks.start()
        services.deliveries.start()
        const { signal } = ending
        services.authorizations
          .resume({ signal })
          .catch(
            (error) => signal.aborted || app.log.error(error, 'authorizations could not be taken up again'),
          )
        return listening
      },
      async close() {
        ending.abort()
        await admission.drain(options.drainMs ?? usualDrainMs)
        await app.close()
        await services.deliveries.close()
        await services.webhooks.close()
        await services.requestLogs.close()
        keyRing.close?.()
        await store.close()
        if (options.transport === undefined) transport.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

async function prepareDatabase(options: HubOptions): Promise<DatabaseAddress> {
  if (options.dataFolder !== undefined) await makeFolder(options.dataFolder)
  return databaseAddress(options)
}

/** For the owner alone: it holds the master key. A folder that was there keeps its rights, but for others' none. */
async function makeFolder(path: string): Promise<void> {
  try {
    const made = await mkdir(path, { recursive: true, mode: 0o700 })
    if (made !== undefined) await chmod(path, 0o700)
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
    throw new HubError('hub/data-folder', { message: `The data folder ${path} cannot be made (${reason}).` })
  }
}

/** @returns the key where it was made now */
async function ensureFirstKey(
  services: HubServices,
  chosen: string | undefined,
): Promise<string | undefined> {
  const { keys } = services
  if (chosen !== undefined) {
    if ((await keys.verify(chosen)) === undefined)
      await keys.create(
        defaultProject,
        { name: 'Set by the operator', key: chosen, scopes: ['read', 'write', 'admin'] },
        { kind: 'system' },
      )
    return undefined
  }
  if ((await keys.list(defaultProject)).length > 0) return undefined
  const { key } = await keys.create(
    defaultProject,
    { name: 'First key', scopes: ['read', 'write', 'admin'] },
    { kind: 'system' },
  )
  return key
}
