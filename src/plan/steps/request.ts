import { isRecord } from '../../http/index.ts'
import { compilePaging } from '../paging/compile-paging.ts'
import { compileRequest } from '../request/compile-request.ts'
import type { StepFunction } from './step-compiler.ts'

/** One HTTP call; with `x-mainspring.paging`, one page of a listing. */
export const requestStep: StepFunction = {
  name: 'request',
  versions: ['1'],
  compile({ functionName, parameters, at, extension, extensionAt, defaults, compiler }) {
    const request = compileRequest(parameters, at, extension, extensionAt, defaults, compiler)
    return {
      kind: 'request',
      functionName,
      request,
      ...(isRecord(extension['paging']) ? { paging: compilePaging(extension['paging']) } : {}),
    }
  },
}
