import { compileIterator } from '../paging/compile-iterator.ts'
import { compileRequest } from '../request/compile-request.ts'
import type { StepFunction } from './step-compiler.ts'

/** Calls page after page until the wanted number of rows is there. */
export const paginatedRequestStep: StepFunction = {
  name: 'paginated_request',
  versions: ['1'],
  compile({ functionName, parameters, at, extension, extensionAt, defaults, compiler }) {
    return {
      kind: 'paginated_request',
      functionName,
      request: compileRequest(parameters, at, extension, extensionAt, defaults, compiler, {
        isPaginated: true,
      }),
      ...compileIterator(parameters, at, compiler, false),
    }
  },
}
