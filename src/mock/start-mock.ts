import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ActionPlan, ConnectorPlan, RequestPlan } from '../plan/index.ts'
import { type SampleAnswer, sampleAnswer } from './sample-answer.ts'

/** A provider on loopback that was never written: it knows what a plan sends, and answers what it expects. */
export interface Mock {
  /** `http://127.0.0.1:…`: the `origin` of a call. */
  readonly origin: string
  /** What it was asked, in order: `GET /v1/people`. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

/** One request of the plan, and its answer. */
interface Route {
  readonly method: string
  readonly path: RegExp
  /** Fixed characters of the path: the more, the nearer. */
  readonly weight: number
  readonly answer: SampleAnswer
}

/**
 * Starts a provider made from a plan: each of its requests is answered with rows or a record where the definition looks
 * for them. Anything else is answered 404.
 */
export async function startMock(plan: ConnectorPlan): Promise<Mock> {
  const routes = plan.actions.flatMap(routesOf).toSorted((one, other) => other.weight - one.weight)
  const asked: string[] = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    asked.push(`${request.method} ${request.url}`)
    request.resume().on('end', () => {
      const route = routes.find(({ method, path }) => method === request.method && path.test(pathname))
      if (route === undefined) response.writeHead(404).end()
      else response.writeHead(200, { 'content-type': route.answer.contentType }).end(route.answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function routesOf(action: ActionPlan): Route[] {
  return action.steps
    .flatMap(({ id, calls }) => calls.map((call) => ({ id, call })))
    .flatMap(({ id, call }) =>
      'request' in call ? [{ id, request: call.request, isPaged: call.kind === 'paginated_request' }] : [],
    )
    .map(({ id, request, isPaged }) => ({
      method: request.method,
      ...pathPattern(request),
      answer: sampleAnswer(action, id, request.response, isPaged),
    }))
}

/** Names in braces stand for one segment, and the base URL may have a path of its own. */
function pathPattern({ urlTemplate }: RequestPlan): Pick<Route, 'path' | 'weight'> {
  const [path = ''] = urlTemplate.split('?', 1)
  const fixed = path.split(/\{[^}]*\}/)
  const pattern = fixed.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^/]+')
  return { path: new RegExp(`${pattern}/?$`), weight: fixed.join('').length }
}
