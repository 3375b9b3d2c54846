import { inspect } from 'node:util'
import { MainspringError } from '../../src/errors/index.ts'
import { fuzzCanary } from './fuzz-subject.ts'

/** Whatever went wrong has a code of ours, and tells no secret. Anything else is thrown. */
export function expectCoded(error: unknown): void {
  if (!(error instanceof MainspringError) || error.code.startsWith('internal/')) throw error
  if (inspect(error, { depth: 9 }).includes(fuzzCanary)) throw new Error(`A secret is in ${error.code}.`)
}
