import { createRedactor, type Redact } from '../http/index.ts'

/** Both redactors of one set of secret values, made when first asked for. */
export class Redactors {
  readonly #values: readonly string[]
  #shown: Redact | undefined
  #data: Redact | undefined

  constructor(values: readonly string[]) {
    this.#values = values
  }

  /** For what people read: events and errors. */
  get shown(): Redact {
    this.#shown ??= createRedactor(this.#values)
    return this.#shown
  }

  /** For what the provider sent: a short value would be found in innocent data too. */
  get data(): Redact {
    this.#data ??= createRedactor(this.#values, 8)
    return this.#data
  }
}

// The requests of a run share their list of values, and making the forms of each costs more than a search.
const known = new WeakMap<readonly string[], Redactors>()

export function redactorsOf(values: readonly string[]): Redactors {
  let redactors = known.get(values)
  if (redactors === undefined) {
    redactors = new Redactors(values)
    known.set(values, redactors)
  }
  return redactors
}
