import { unprocessable } from './refusal.ts'

/**
 * The fields of a write, read by their camelCase names: requests mix camelCase and snake_case, and both are
 * accepted (A). Wrong types are refused with 422 (a guess, E). A null counts as left out.
 */
export class WriteFields {
  readonly #values = new Map<string, unknown>()
  readonly #names = new Map<string, string>()
  readonly #read = new Set<string>()

  /** @throws {Refusal} 422 without an object under `wrapper`; a null wrapper means the body itself. */
  constructor(body: unknown, wrapper: string | null) {
    const fields = wrapper === null ? body : fieldsIn(body).get(wrapper)?.value
    if (!isRecord(fields)) {
      throw unprocessable(wrapper === null ? 'body must be an object' : `${snake(wrapper)} is missing`)
    }
    for (const [camelName, { name, value }] of fieldsIn(fields)) {
      this.#names.set(camelName, name)
      this.#values.set(camelName, value ?? null)
    }
  }

  text(name: string): string | null {
    const value = this.#take(name)
    if (value !== null && typeof value !== 'string') throw unprocessable(`${snake(name)} must be a string`)
    return value
  }

  /** @throws {Refusal} 422 where it is left out or blank, too. */
  requiredText(name: string): string {
    const value = this.text(name)
    if (value === null || value.trim() === '') throw unprocessable(`${snake(name)} can't be blank`)
    return value
  }

  flag(name: string): boolean {
    const value = this.#take(name)
    if (value !== null && typeof value !== 'boolean')
      throw unprocessable(`${snake(name)} must be true or false`)
    return value ?? false
  }

  integer(name: string, least: number, most: number): number | null {
    const value = this.#take(name)
    if (value === null) return null
    if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
      throw unprocessable(`${snake(name)} must be a whole number from ${least} to ${most}`)
    }
    return value as number
  }

  texts(name: string): readonly string[] {
    const value = this.#take(name) ?? []
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
      throw unprocessable(`${snake(name)} must be a list of strings`)
    }
    return value
  }

  /** Whether the caller wrote the field at all, null included. */
  has(name: string): boolean {
    return this.#values.has(name)
  }

  /** Fields that had no effect, as the caller spelled them. */
  unread(): string[] {
    return [...this.#names].filter(([name]) => !this.#read.has(name)).map(([, spelled]) => spelled)
  }

  #take(name: string): unknown {
    this.#read.add(name)
    return this.#values.get(name) ?? null
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function fieldsIn(body: unknown): Map<string, { name: string; value: unknown }> {
  const entries = isRecord(body) ? Object.entries(body) : []
  return new Map(entries.map(([name, value]) => [camel(name), { name, value }]))
}

const camel = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
const snake = (name: string): string => name.replace(/([A-Z]|\d+)/g, (letter) => `_${letter.toLowerCase()}`)
