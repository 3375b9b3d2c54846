import type { Compiler, DefinitionPath } from '../compiler.ts'
import { partName, type RequestPart } from '../request/request-part.ts'

const keys = ['limitParam', 'offsetParam', 'pageParam', 'cursorParam'] as const

/** The parameters that `x-mainspring.paging` of a step may add, each with the line that names it. */
export function compilePageParts(
  paging: Readonly<Record<string, unknown>>,
  at: DefinitionPath,
  compiler: Compiler,
): readonly RequestPart[] {
  const place = paging['in'] === 'body' ? 'body' : 'query'
  return keys.flatMap((key): RequestPart[] => {
    const name = paging[key]
    return typeof name === 'string'
      ? [{ part: partName(place, name), location: compiler.locate([...at, key]) }]
      : []
  })
}
