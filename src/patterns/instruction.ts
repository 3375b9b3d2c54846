/** Takes one character, given by its code. */
export type TestCharacter = (code: number) => boolean

/** One step of a compiled pattern. Places are indexes into the program. */
export type Instruction =
  | { readonly op: 'character'; readonly test: TestCharacter; readonly backward: boolean }
  /** Goes on at `first`, and at `second` where that fails. */
  | {
      readonly op: 'split'
      first: number
      second: number
      /** Marks of the loops around it whose rounds may be empty: whether one has moved on decides what may follow. */
      readonly loops: readonly number[]
      /** Numbers the splits. */
      readonly id: number
    }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'save'; readonly slot: number }
  /** Forgets the groups of a round before. */
  | { readonly op: 'clear'; readonly from: number; readonly to: number }
  /** A round that may be empty begins. */
  | { readonly op: 'mark'; readonly loop: number }
  /** An empty round is no round. */
  | { readonly op: 'moved'; readonly loop: number }
  | { readonly op: 'edge'; readonly kind: 'start' | 'end' }
  | { readonly op: 'word'; readonly negate: boolean; readonly test: TestCharacter }
  /** The program from the next place to a `match` holds, or does not; then goes on at `next`. */
  | { readonly op: 'look'; readonly negate: boolean; next: number }
  | { readonly op: 'match' }

export interface Program {
  readonly instructions: readonly Instruction[]
  readonly groups: number
  readonly names: ReadonlyMap<string, readonly number[]>
  readonly loops: number
  readonly splits: number
  readonly unicode: boolean
  readonly multiline: boolean
}
