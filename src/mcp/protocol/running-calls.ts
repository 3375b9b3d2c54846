import type { RpcId } from './json-rpc.ts'

/** Requests being served, so that a later message can cancel one. Each leaves when it ends: nothing accumulates. */
export class RunningCalls {
  readonly #running = new Map<string, AbortController>()

  /** Serves a request that can be cancelled under this key; `outer` cancels it too. */
  async during<Value>(
    key: string | undefined,
    outer: AbortSignal | undefined,
    serve: (signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> {
    const controller = new AbortController()
    const signal = outer === undefined ? controller.signal : AbortSignal.any([controller.signal, outer])
    if (key !== undefined) this.#running.set(key, controller)
    try {
      return await serve(signal)
    } finally {
      if (key !== undefined && this.#running.get(key) === controller) this.#running.delete(key)
    }
  }

  cancel(key: string): void {
    this.#running.get(key)?.abort()
  }

  cancelAll(): void {
    for (const controller of this.#running.values()) controller.abort()
  }
}

/** Apart for each caller and conversation: both count their requests from the same number. */
export function callKey(principal: string, session: string, id: RpcId): string {
  return JSON.stringify([principal, session, id])
}
