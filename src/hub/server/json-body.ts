import type { FastifyInstance } from 'fastify'
import { holdsLargeNumber, readExactJson } from '../../http/index.ts'

/**
 * JSON bodies as the framework reads them (a name that reaches a prototype is refused), but with every integer as it was
 * written: one that a double cannot hold is a `bigint`.
 */
export function readJsonExactly(app: FastifyInstance): void {
  const readPlain = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    readPlain(request, text as string, (error, value) => {
      if (error !== null) done(error)
      else done(null, holdsLargeNumber(text as string) ? readExactJson(withoutMark(text as string)) : value)
    })
  })
}

/** The framework forgives a byte order mark. */
function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '')
}
