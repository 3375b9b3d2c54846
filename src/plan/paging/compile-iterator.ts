import { isRecord } from '../../http/index.ts'
import { type Compiler, type DefinitionPath, safely } from '../compiler.ts'
import { soapContent } from '../request/answer-failure.ts'
import { compileDataKey } from '../request/compile-response.ts'
import { partName, type RequestPart } from '../request/request-part.ts'
import type { PageIterator } from '../step-plan.ts'

const highestMaxPage = 10_000
const defaultMaxPage = 1000

/** The paging of `paginated_request` and `soap_paginated_request`, compiled. */
export function compileIterator(
  parameters: Readonly<Record<string, unknown>>,
  at: DefinitionPath,
  compiler: Compiler,
  isSoap: boolean,
): { readonly iterator: PageIterator; readonly pageParts: readonly RequestPart[] } {
  const declared = isRecord(parameters['iterator']) ? parameters['iterator'] : {}
  const response = isRecord(parameters['response']) ? parameters['response'] : {}
  const { condition } = declared
  const place = declared['in'] === 'body' ? 'body' : 'query'
  const start = parameters['cursor']
  const within = (read: (body: unknown) => unknown) =>
    isSoap ? (body: unknown) => read(soapContent(body)) : read
  return {
    pageParts: [
      {
        part: partName(place, String(declared['key'])),
        location: compiler.locate([...at, 'iterator', 'key']),
      },
    ],
    iterator: {
      mode: isSoap ? 'cursor' : ((declared['mode'] ?? 'cursor') as PageIterator['mode']),
      key: String(declared['key']),
      in: place,
      startPage: asCount(declared['startPage'], 1),
      maxPage: Math.min(asCount(declared['maxPage'], defaultMaxPage), highestMaxPage),
      nextToken: compileNextToken(response, (key) =>
        within(compileDataKey(key, compiler, [...at, 'response', 'nextKey'])),
      ),
      ...(typeof condition === 'string'
        ? { condition: within(safely(compiler.expression(condition, [...at, 'iterator', 'condition']))) }
        : {}),
      ...(start === undefined ? {} : { start: compiler.value(start, [...at, 'cursor']).evaluate }),
      isSoap,
    },
  }
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
