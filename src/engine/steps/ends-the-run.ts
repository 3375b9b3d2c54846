import { DefinitionError, type MainspringError } from '../../errors/index.ts'

/** What no definition can ignore: the end of the time, the caller's will, and its own mistakes. */
export function endsTheRun(error: MainspringError): boolean {
  return (
    error.code === 'call/aborted' ||
    error.code === 'network/timeout' ||
    error instanceof DefinitionError ||
    error.code.startsWith('input/') ||
    error.code.startsWith('policy/')
  )
}
