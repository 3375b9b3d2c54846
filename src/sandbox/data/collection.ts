import type { IdKind, IdSpace } from './ids.ts'

/**
 * Records of one kind in the order they are listed. A record is made from its index whenever it is read;
 * only those that were changed or added are kept.
 */
export class Collection<T> {
  readonly #ids: IdSpace
  readonly #kind: IdKind
  readonly #make: (index: number) => T
  readonly #kept = new Map<number, T>()
  #size: number

  constructor(ids: IdSpace, kind: IdKind, size: number, make: (index: number) => T) {
    this.#ids = ids
    this.#kind = kind
    this.#size = size
    this.#make = make
  }

  get size(): number {
    return this.#size
  }

  /** A record for reading; changes to it may be lost. See {@link edit}. */
  at(index: number): T {
    return this.#kept.get(index) ?? this.#make(index)
  }

  /** The record if it was changed or added, so that a cheaper way to read the others can be taken. */
  kept(index: number): T | undefined {
    return this.#kept.get(index)
  }

  /** -1 where no record has the id. */
  indexOf(id: string): number {
    const index = this.#ids.indexOf(this.#kind, id)
    return index < this.#size ? index : -1
  }

  find(id: string): T | undefined {
    const index = this.indexOf(id)
    return index === -1 ? undefined : this.at(index)
  }

  /** A record that stays as the caller leaves it. */
  edit(index: number): T {
    const record = this.at(index)
    this.#kept.set(index, record)
    return record
  }

  add(make: (id: string) => T): T {
    const record = make(this.#ids.id(this.#kind, this.#size))
    this.#kept.set(this.#size, record)
    this.#size += 1
    return record
  }

  *slice(start: number, end: number): Generator<T> {
    for (let index = start; index < Math.min(end, this.#size); index += 1) yield this.at(index)
  }
}
