import type { Program } from './instruction.ts'

/** What a search may cost: enough for a pattern of a thousand parts on a text of five thousand characters. */
const maxSteps = 5_000_000
/** Places to come back to. */
const maxStack = 1_000_000
/** Bytes for what was tried already. */
const maxMemory = 32 * 1024 * 1024

/** A search takes more than it may. */
export class PatternLimit extends Error {
  constructor() {
    super('The pattern takes too many steps on this text.')
  }
}

/** Where each group begins and ends, two numbers a group; -1 where it took no part. */
export type Groups = readonly number[]

interface Thread {
  readonly at: number
  readonly position: number
  readonly groups: Groups
  /** Where the round of each loop began. */
  readonly marks: readonly number[]
}

/**
 * The first match at or after a place, by the order of JavaScript's engine: earlier alternatives first, greedy parts as
 * far as they go. What failed once at a place of the text is not tried there again, so that the steps grow with the
 * length of the text and not with the ways to divide it.
 *
 * @param sticky - only at that very place
 * @throws {PatternLimit}
 */
export function runProgram(program: Program, text: string, from: number, sticky: boolean): Groups | null {
  const search = new Search(program, text)
  for (let start = from; start <= text.length; start += search.widthAt(start)) {
    const found = search.matchAt(start)
    if (found !== null || sticky) return found
  }
  return null
}

class Search {
  readonly #program: Program
  readonly #text: string
  readonly #tried: Uint8Array | undefined
  readonly #loopStates: number
  #steps = 0

  constructor(program: Program, text: string) {
    this.#program = program
    this.#text = text
    const most = Math.max(
      0,
      ...program.instructions.map((one) => (one.op === 'split' ? one.loops.length : 0)),
    )
    this.#loopStates = 2 ** most
    const bytes = Math.ceil((program.splits * (text.length + 1) * this.#loopStates) / 8)
    this.#tried = bytes <= maxMemory ? new Uint8Array(bytes) : undefined
  }

  /** Characters of the text that one place of a search takes up. */
  widthAt(position: number): number {
    return this.#program.unicode && (this.#text.codePointAt(position) ?? 0) > 0xffff ? 2 : 1
  }

  matchAt(position: number): Groups | null {
    const groups = new Array<number>(2 * this.#program.groups).fill(-1)
    const marks = new Array<number>(this.#program.loops).fill(-1)
    return this.#run({ at: 0, position, groups, marks }, true)
  }

  /** @param remembers - within a look around, what did not lead to its end may do so from elsewhere */
  #run(thread: Thread, remembers: boolean): Groups | null {
    const { instructions, multiline } = this.#program
    const text = this.#text
    const stack: Thread[] = [thread]
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      let { at, position, groups, marks } = next
      for (let alive = true; alive; ) {
        this.#steps += 1
        if (this.#steps > maxSteps || stack.length > maxStack) throw new PatternLimit()
        const one = instructions[at]
        at += 1
        switch (one?.op) {
          case 'character': {
            const code = one.backward ? this.#codeBefore(position) : this.#codeAt(position)
            if (code === undefined || !one.test(code)) alive = false
            else {
              const width = code > 0xffff ? 2 : 1
              position += one.backward ? -width : width
            }
            break
          }
          case 'split':
            if (remembers && this.#wasTried(one.id, one.loops, position, marks)) alive = false
            else {
              stack.push({ at: one.second, position, groups, marks })
              at = one.first
            }
            break
          case 'jump':
            at = one.to
            break
          case 'save':
            groups = groups.with(one.slot, position)
            break
          case 'clear':
            groups = groups.map((place, slot) => (slot >= one.from && slot < one.to ? -1 : place))
            break
          case 'mark':
            marks = marks.with(one.loop, position)
            break
          case 'moved':
            alive = marks[one.loop] !== position
            break
          case 'edge':
            alive =
              one.kind === 'start'
                ? position === 0 || (multiline && isLineEnd(text.charCodeAt(position - 1)))
                : position === text.length || (multiline && isLineEnd(text.charCodeAt(position)))
            break
          case 'word': {
            const [before, after] = [this.#codeBefore(position), this.#codeAt(position)]
            const isWord = (code: number | undefined) => code !== undefined && one.test(code)
            alive = (isWord(before) !== isWord(after)) !== one.negate
            break
          }
          case 'look': {
            const found = this.#run({ at, position, groups, marks }, false)
            alive = (found !== null) !== one.negate
            if (found !== null && !one.negate) groups = found
            at = one.next
            break
          }
          case 'match':
            return groups
          case undefined:
            alive = false
        }
      }
    }
    return null
  }

  #wasTried(id: number, loops: readonly number[], position: number, marks: readonly number[]): boolean {
    if (this.#tried === undefined) return false
    const moved = loops.reduce((bits, loop, index) => bits | (marks[loop] === position ? 0 : 1 << index), 0)
    const place = (id * (this.#text.length + 1) + position) * this.#loopStates + moved
    const bit = 1 << (place & 7)
    const before = this.#tried[place >>> 3] ?? 0
    this.#tried[place >>> 3] = before | bit
    return (before & bit) !== 0
  }

  #codeAt(position: number): number | undefined {
    if (position >= this.#text.length) return undefined
    return this.#program.unicode ? this.#text.codePointAt(position) : this.#text.charCodeAt(position)
  }

  #codeBefore(position: number): number | undefined {
    if (position <= 0) return undefined
    const low = this.#text.charCodeAt(position - 1)
    if (!this.#program.unicode || position < 2 || low < 0xdc00 || low > 0xdfff) return low
    const pair = this.#text.codePointAt(position - 2) ?? low
    return pair > 0xffff ? pair : low
  }
}

/** Line feed, carriage return, line and paragraph separator. */
function isLineEnd(code: number): boolean {
  return code === 10 || code === 13 || code === 0x2028 || code === 0x2029
}
