import { isRecord } from '../../http/index.ts'
import { safely } from '../compiler.ts'
import { compileRequest } from '../request/compile-request.ts'
import { compileDataKey } from '../request/compile-response.ts'
import { partName } from '../request/request-part.ts'
import type { PageIterator } from '../step-plan.ts'
import type { StepFunction } from './step-compiler.ts'

const highestMaxPage = 10_000
const defaultMaxPage = 1000

/** Calls page after page until the wanted number of rows is there. */
export const paginatedRequestStep: StepFunction = {
  name: 'paginated_request',
  versions: ['1'],
  compile({ functionName, parameters, at, extension, extensionAt, defaults, compiler }) {
    const iterator = isRecord(parameters['iterator']) ? parameters['iterator'] : {}
    const response = isRecord(parameters['response']) ? parameters['response'] : {}
    const condition = iterator['condition']
    return {
      kind: 'paginated_request',
      functionName,
      request: compileRequest(parameters, at, extension, extensionAt, defaults, compiler),
      pageParts: [
        {
          part: partName(iterator['in'] === 'body' ? 'body' : 'query', String(iterator['key'])),
          location: compiler.locate([...at, 'iterator', 'key']),
        },
      ],
      iterator: {
        mode: (iterator['mode'] ?? 'cursor') as PageIterator['mode'],
        key: String(iterator['key']),
        in: iterator['in'] === 'body' ? 'body' : 'query',
        startPage: asCount(iterator['startPage'], 1),
        maxPage: Math.min(asCount(iterator['maxPage'], defaultMaxPage), highestMaxPage),
        nextToken: compileNextToken(response, (key) =>
          compileDataKey(key, compiler, [...at, 'response', 'nextKey']),
        ),
        ...(typeof condition === 'string'
          ? { condition: safely(compiler.expression(condition, [...at, 'iterator', 'condition'])) }
          : {}),
      },
    }
  },
}

function compileNextToken(
  response: Readonly<Record<string, unknown>>,
  compileKey: (key: string) => (body: unknown) => unknown,
): PageIterator['nextToken'] {
  const key = response['nextKey']
  if (typeof key !== 'string') return () => undefined
  if (response['nextKeyIn'] === 'headers') return (_, headers) => headers[key.toLowerCase()]
  const read = compileKey(key)
  return (body) => read(body)
}

function asCount(value: unknown, fallback: number): number {
  const count = Number(value ?? fallback)
  return Number.isInteger(count) && count >= 0 ? count : fallback
}
