/** Messages on their way to one client, as server-sent events. */
export interface EventStream {
  push(message: unknown): void
  /** The last message: the stream ends with it. */
  end(message: unknown): void
  /** Resolves with the first message that is pushed. */
  readonly started: Promise<undefined>
  readonly events: AsyncIterable<string>
}

export function createEventStream(): EventStream {
  const waiting: string[] = []
  const started = Promise.withResolvers<undefined>()
  let wake = Promise.withResolvers<void>()
  let ended = false
  const add = (message: unknown) => {
    waiting.push(`event: message\ndata: ${JSON.stringify(message)}\n\n`)
    started.resolve(undefined)
    wake.resolve()
  }
  async function* events(): AsyncGenerator<string> {
    for (;;) {
      yield* waiting.splice(0)
      if (ended && waiting.length === 0) return
      if (waiting.length === 0) await wake.promise
      wake = Promise.withResolvers()
    }
  }
  return {
    push: add,
    end(message) {
      ended = true
      add(message)
    },
    started: started.promise,
    events: events(),
  }
}
