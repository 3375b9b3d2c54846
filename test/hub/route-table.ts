import type { FastifyInstance } from 'fastify'

/** One address of the hub. `person` where a browser that asks for HTML gets another answer than a program. */
export interface Route {
  /** `POST /keys/:id/rotate`, with ` (person)` behind it where it is for people. */
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly person: boolean
}

const line = /^((?:[│ ]? {3}|[├└]── |│ {3})*)(\S+)(?: \(([A-Z, ]+)\))?(?: (\{.*\}))?$/

/** Every route that the server has, read from what it prints of itself: a new one is in it without a doing. */
export function routeTable(app: FastifyInstance): readonly Route[] {
  const parents: string[] = []
  const routes: Route[] = []
  for (const text of app.printRoutes({ commonPrefix: false }).split('\n')) {
    if (text.trim() === '') continue
    const [, indent = '', own = '', methods = '', constraints] = line.exec(text) ?? []
    if (own === '') throw new Error(`A line of the route table cannot be read: ${text}`)
    const depth = indent.length / 4
    const prefix = parents[depth - 1] ?? ''
    const path = `${prefix.replace(/\/$/, '')}/${own.replace(/^\//, '')}`
    parents[depth] = path
    parents.length = depth + 1
    for (const method of methods.split(', ')) {
      if (method === '' || method === 'HEAD' || method === 'OPTIONS') continue
      const person = constraints !== undefined
      routes.push({
        name: `${method} ${path}${person ? ' (person)' : ''}`,
        method: method as Route['method'],
        path,
        person,
      })
    }
  }
  return routes
}
