import { hash } from './random.ts'

const kinds = [
  'person',
  'company',
  'tag',
  'region',
  'status',
  'project',
  'candidacy',
  'note',
  'email',
  'phone',
  'address',
  'linkedinUrl',
  'position',
  'personTag',
  'school',
  'compensation',
  'currency',
  'locationType',
  'user',
  'webhook',
] as const

export type IdKind = (typeof kinds)[number]

/** Numbers from here on belong to records created while the sandbox runs. */
export const createdFrom = 0x8000_0000

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const rounds = [1, 2, 3, 4]

/**
 * The ids of one firm: random-looking UUIDs that can be turned back into the index they stand for, which
 * spares a million-row firm its id table. The first eight digits are the index, mixed by a Feistel network;
 * the others are a hash that proves firm and kind.
 */
export class IdSpace {
  readonly #keys: ReadonlyMap<IdKind, number>

  constructor(...seed: readonly number[]) {
    this.#keys = new Map(kinds.map((kind, number) => [kind, hash(...seed, number)]))
  }

  /** The id of the record of this kind with this index, from 0 to 2³² - 1. */
  id(kind: IdKind, index: number): string {
    const key = this.#key(kind)
    const first = hex(mix(key, index), 8)
    const second = hex(hash(key, index, 1), 8)
    const third = hex(hash(key, index, 2), 8)
    const fourth = hex(hash(key, index, 3), 8)
    const variant = '89ab'[hash(key, index, 4) % 4]
    const head = `${first}-${second.slice(0, 4)}-4${second.slice(4, 7)}`
    return `${head}-${variant}${third.slice(0, 3)}-${third.slice(3, 7)}${fourth}`
  }

  /** The index that an id stands for, or -1 where it is no id of this kind in this firm. */
  indexOf(kind: IdKind, id: string): number {
    if (!uuidPattern.test(id)) return -1
    const index = unmix(this.#key(kind), Number.parseInt(id.slice(0, 8), 16))
    return this.id(kind, index) === id ? index : -1
  }

  #key(kind: IdKind): number {
    return this.#keys.get(kind) as number
  }
}

function mix(key: number, value: number): number {
  let left = value >>> 16
  let right = value & 0xffff
  for (const round of rounds) {
    const next = left ^ (hash(key, round, right) & 0xffff)
    left = right
    right = next
  }
  return ((left << 16) | right) >>> 0
}

function unmix(key: number, value: number): number {
  let left = value >>> 16
  let right = value & 0xffff
  for (const round of rounds.toReversed()) {
    const previous = right ^ (hash(key, round, left) & 0xffff)
    right = left
    left = previous
  }
  return ((left << 16) | right) >>> 0
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}
