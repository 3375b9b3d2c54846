import { isRecord } from '../../http/index.ts'
import { compilePageParts } from '../paging/compile-page-parts.ts'
import { compilePaging } from '../paging/compile-paging.ts'
import { compileRequest } from '../request/compile-request.ts'
import { readsOnly } from './reads-only.ts'
import type { StepFunction } from './step-compiler.ts'

/** One HTTP call; with `x-mainspring.paging`, one page of a listing. */
export const requestStep: StepFunction = {
  name: 'request',
  versions: ['1'],
  compile(source) {
    const { functionName, parameters, at, extension, extensionAt, defaults, compiler } = source
    const request = compileRequest(parameters, at, extension, extensionAt, defaults, compiler, {
      readsOnly: readsOnly(source),
    })
    const paging = isRecord(extension['paging']) ? extension['paging'] : undefined
    if (paging === undefined) return { kind: 'request', functionName, request, pageParts: [] }
    const pageParts = compilePageParts(paging, [...extensionAt, 'paging'], compiler)
    return { kind: 'request', functionName, request, paging: compilePaging(paging), pageParts }
  },
}
