import type { FastifyInstance } from 'fastify'

type Strategy = Parameters<FastifyInstance['addConstraintStrategy']>[0]
type Handler = NonNullable<ReturnType<ReturnType<Strategy['storage']>['get']>>

/**
 * Some addresses have two readers: `/accounts` is a list for programs and a page for people. A browser that goes to an
 * address asks for HTML and brings no key; everybody else is a program.
 */
export const readerConstraint: Strategy = {
  name: 'reader',
  storage() {
    const handlers = new Map<unknown, Handler>()
    return {
      get: (reader) => handlers.get(reader) ?? null,
      set: (reader, handler) => {
        handlers.set(reader, handler)
      },
    }
  },
  deriveConstraint: ({ headers }) =>
    headers.accept?.includes('text/html') === true && headers.authorization === undefined
      ? 'person'
      : undefined,
  validate() {},
}

/** Route options of a page whose address a resource of the API has as well. */
export const forPeople = { constraints: { reader: 'person' } } as const
