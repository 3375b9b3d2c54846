import { compileIterator } from '../paging/compile-iterator.ts'
import { compileEnvelope } from '../request/compile-envelope.ts'
import { compileRequest } from '../request/compile-request.ts'
import type { ResponseStyle } from '../request/compile-response.ts'
import type { RequestPlan } from '../request/request-plan.ts'
import type { StepFunction, StepSource } from './step-compiler.ts'

/** One SOAP call. */
export const soapRequestStep: StepFunction = {
  name: 'soap_request',
  versions: ['1'],
  compile: (source) => ({
    kind: 'request',
    functionName: source.functionName,
    request: compileSoap(source, 'soap'),
    pageParts: [],
  }),
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

function compileSoap(
  { parameters, at, extension, extensionAt, defaults, compiler }: StepSource,
  responseStyle: ResponseStyle,
): RequestPlan {
  return compileRequest(parameters, at, extension, extensionAt, defaults, compiler, {
    method: 'post',
    writeBody: compileEnvelope(parameters, at, compiler),
    responseStyle,
  })
}
