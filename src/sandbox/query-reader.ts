import { Refusal } from './refusal.ts'

/** The query of a request, noting what was read: the rest had no effect. */
export class QueryReader {
  readonly #values: URLSearchParams
  readonly #read = new Set<string>()

  constructor(values: URLSearchParams) {
    this.#values = values
  }

  text(name: string): string | null {
    this.#read.add(name)
    return this.#values.get(name)
  }

  /** @throws {Refusal} 400 for anything but a whole number of at least `least` (a guess, E). */
  integer(name: string, least: number): number | null {
    const text = this.text(name)
    if (text === null) return null
    const value = /^\d{1,15}$/.test(text) ? Number(text) : -1
    if (value < least) throw new Refusal(400, `${name} must be a whole number of at least ${least}`)
    return value
  }

  unread(): string[] {
    return [...new Set(this.#values.keys())].filter((name) => !this.#read.has(name))
  }
}
