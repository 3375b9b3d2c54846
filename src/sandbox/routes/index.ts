import { notFound, Refusal } from '../refusal.ts'
import { firmListRoutes } from './firm-lists.ts'
import { noteRoutes } from './notes.ts'
import { peopleRoutes } from './people.ts'
import { personPartRoutes } from './person-parts.ts'
import type { Route } from './route.ts'
import { webhookRoutes } from './webhooks.ts'

export { Call, type Envelopes, type Route, type RouteSettings } from './route.ts'

/** Every endpoint that answers. What the sheet calls wrong is simply not here. */
export const routes: readonly Route[] = [
  ...peopleRoutes,
  ...personPartRoutes,
  ...noteRoutes,
  ...firmListRoutes,
  ...webhookRoutes,
]

export interface FoundRoute {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

const patterns = routes.map((route) => ({ route, segments: route.path.slice(1).split('/') }))

/**
 * The route for a method and the decoded path segments below the firm; a refusal (404) for a path nobody
 * answers, or (405) for one that has other methods.
 */
export function findRoute(method: string, segments: readonly string[]): FoundRoute | Refusal {
  const found = patterns.filter(({ segments: pattern }) => matches(pattern, segments))
  if (found.length === 0) return notFound()
  const hit = found.find(({ route }) => route.method === method)
  if (hit === undefined) {
    const allow = found.map(({ route }) => route.method).join(', ')
    return new Refusal(405, 'Method Not Allowed', { Allow: allow })
  }
  const named = hit.segments.flatMap((part, place) =>
    part.startsWith(':') ? [[part.slice(1), segments[place] as string] as const] : [],
  )
  return { route: hit.route, params: Object.fromEntries(named) }
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, place) => (part.startsWith(':') ? segments[place] !== '' : part === segments[place]))
  )
}
