import { isRecord } from '../../http/index.ts'
import { compileIterator } from '../paging/compile-iterator.ts'
import { compilePageParts } from '../paging/compile-page-parts.ts'
import { compilePaging } from '../paging/compile-paging.ts'
import { compileEnvelope } from '../request/compile-envelope.ts'
import { compileRequest } from '../request/compile-request.ts'
import type { ResponseStyle } from '../request/compile-response.ts'
import type { RequestPlan } from '../request/request-plan.ts'
import { readsOnly } from './reads-only.ts'
import type { StepFunction, StepSource } from './step-compiler.ts'

/** One SOAP call; with `x-mainspring.paging`, one page of a listing. */
export const soapRequestStep: StepFunction = {
  name: 'soap_request',
  versions: ['1'],
  compile(source) {
    const { functionName, extension, extensionAt, compiler } = source
    const request = compileSoap(source, 'soap')
    const paging = isRecord(extension['paging']) ? extension['paging'] : undefined
    if (paging === undefined) return { kind: 'request', functionName, request, pageParts: [] }
    const pageParts = compilePageParts(paging, [...extensionAt, 'paging'], compiler)
    return { kind: 'request', functionName, request, paging: compilePaging(paging, true), pageParts }
  },
}

/** SOAP calls, page after page, until the wanted number of rows is there. */
export const soapPaginatedRequestStep: StepFunction = {
  name: 'soap_paginated_request',
  versions: ['1'],
  compile: (source) => ({
    kind: 'paginated_request',
    functionName: source.functionName,
    request: compileSoap(source, 'soap-path'),
    ...compileIterator(source.parameters, source.at, source.compiler, true),
  }),
}

function compileSoap(source: StepSource, responseStyle: ResponseStyle): RequestPlan {
  const { parameters, at, extension, extensionAt, defaults, compiler } = source
  return compileRequest(parameters, at, extension, extensionAt, defaults, compiler, {
    method: 'post',
    writeBody: compileEnvelope(parameters, at, compiler),
    responseStyle,
    readsOnly: readsOnly(source),
  })
}
