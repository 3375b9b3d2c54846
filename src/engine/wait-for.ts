import { NetworkError } from '../errors/index.ts'

/**
 * Waits for work that no request bounds, within the limits of one run. The work itself goes on: others may wait for it.
 *
 * @param tooLate - what to say where the time ends first
 * @throws {NetworkError} `call/aborted`, `network/timeout`; what the work throws
 */
export async function waitFor<Value>(
  work: Promise<Value>,
  signal: AbortSignal | undefined,
  timeoutMs: number,
  tooLate: string,
): Promise<Value> {
  // Whoever waits no longer must not leave a rejection that nobody handles.
  work.catch(() => undefined)
  let timer: NodeJS.Timeout | undefined
  let onAbort: (() => void) | undefined
  const limit = new Promise<never>((_, reject) => {
    const end = (code: 'call/aborted' | 'network/timeout', message: string) =>
      reject(new NetworkError(code, { message }))
    onAbort = () => end('call/aborted', 'The caller ended the call.')
    if (signal?.aborted) onAbort()
    signal?.addEventListener('abort', onAbort)
    timer = setTimeout(() => end('network/timeout', tooLate), timeoutMs)
    // The work has sockets that keep the process; a limit alone is nothing to stay for.
    timer.unref()
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
    if (onAbort !== undefined) signal?.removeEventListener('abort', onAbort)
  }
}
