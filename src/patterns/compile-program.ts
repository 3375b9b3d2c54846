import type { Instruction, Program, TestCharacter } from './instruction.ts'
import type { AST } from './syntax.ts'
import { testCharacter } from './test-character.ts'

/** Beyond it a pattern that repeats a repetition many times would be written out too long. */
const maxInstructions = 50_000

/** Thrown for what is not carried out here: the meaning depends on more than place and text. */
export class UnsupportedPattern extends Error {}

/** Writes a pattern as instructions, its repetitions written out. @throws {UnsupportedPattern} */
export function compileProgram(pattern: AST.Pattern, flags: string): Program {
  return new Compilation(flags).compile(pattern)
}

class Compilation {
  readonly #flags: string
  readonly #instructions: Instruction[] = []
  readonly #names = new Map<string, number[]>()
  readonly #tests = new Map<Parameters<typeof testCharacter>[0], TestCharacter>()
  #groups = 1
  #loops = 0
  #splits = 0
  #backward = false
  /** Marks of the loops around the place that is written. */
  #around: readonly number[] = []

  constructor(flags: string) {
    this.#flags = flags
  }

  compile(pattern: AST.Pattern): Program {
    this.#count(pattern.alternatives)
    this.#write({ op: 'save', slot: 0 })
    this.#alternatives(pattern.alternatives)
    this.#write({ op: 'save', slot: 1 })
    this.#write({ op: 'match' })
    return {
      instructions: this.#instructions,
      groups: this.#groups,
      names: this.#names,
      loops: this.#loops,
      splits: this.#splits,
      unicode: /[uv]/.test(this.#flags),
      multiline: this.#flags.includes('m'),
    }
  }

  /** Groups are numbered by where they open, whatever the direction. */
  readonly #numbers = new Map<AST.CapturingGroup, number>()

  #count(alternatives: readonly AST.Alternative[]): void {
    for (const { elements } of alternatives) for (const element of elements) this.#countWithin(element)
  }

  #countWithin(element: AST.Element): void {
    if (element.type === 'Quantifier') this.#countWithin(element.element)
    if (element.type === 'CapturingGroup') {
      const number = this.#groups++
      this.#numbers.set(element, number)
      if (element.name !== null)
        this.#names.set(element.name, [...(this.#names.get(element.name) ?? []), number])
    }
    if ('alternatives' in element) this.#count(element.alternatives)
  }

  #write<One extends Instruction>(instruction: One): One {
    if (this.#instructions.length >= maxInstructions) throw new UnsupportedPattern()
    this.#instructions.push(instruction)
    return instruction
  }

  get #here(): number {
    return this.#instructions.length
  }

  #split() {
    return this.#write({ op: 'split' as const, first: 0, second: 0, loops: this.#around, id: this.#splits++ })
  }

  #alternatives(alternatives: readonly AST.Alternative[]): void {
    const ends: { to: number }[] = []
    for (const [index, { elements }] of alternatives.entries()) {
      const isLast = index === alternatives.length - 1
      const split = isLast ? undefined : this.#split()
      if (split !== undefined) split.first = this.#here
      for (const element of this.#backward ? elements.toReversed() : elements) this.#element(element)
      if (split === undefined) continue
      ends.push(this.#write({ op: 'jump', to: 0 }))
      split.second = this.#here
    }
    for (const end of ends) end.to = this.#here
  }

  #element(element: AST.Element): void {
    switch (element.type) {
      case 'Group':
        if (element.modifiers !== null) throw new UnsupportedPattern()
        this.#alternatives(element.alternatives)
        break
      case 'CapturingGroup': {
        const slot = 2 * (this.#numbers.get(element) ?? 0)
        const [opens, closes] = this.#backward ? [slot + 1, slot] : [slot, slot + 1]
        this.#write({ op: 'save', slot: opens })
        this.#alternatives(element.alternatives)
        this.#write({ op: 'save', slot: closes })
        break
      }
      case 'Quantifier':
        this.#quantifier(element)
        break
      case 'Assertion':
        this.#assertion(element)
        break
      case 'Backreference':
        throw new UnsupportedPattern()
      case 'ExpressionCharacterClass':
        throw new UnsupportedPattern()
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
        // With flag v, a class may stand for texts of several characters.
        if (this.#flags.includes('v') && element.type !== 'Character') throw new UnsupportedPattern()
        this.#write({ op: 'character', test: this.#test(element), backward: this.#backward })
    }
  }

  #assertion(element: AST.Assertion): void {
    switch (element.kind) {
      case 'start':
      case 'end':
        this.#write({ op: 'edge', kind: element.kind })
        break
      case 'word':
        this.#write({ op: 'word', negate: element.negate, test: this.#test('\\w') })
        break
      case 'lookahead':
      case 'lookbehind': {
        const look = this.#write({ op: 'look', negate: element.negate, next: 0 })
        const before = this.#backward
        this.#backward = element.kind === 'lookbehind'
        this.#alternatives(element.alternatives)
        this.#backward = before
        this.#write({ op: 'match' })
        look.next = this.#here
      }
    }
  }

  /** The same part may be written out many times. */
  #test(element: Parameters<typeof testCharacter>[0]): TestCharacter {
    const known = this.#tests.get(element) ?? testCharacter(element, this.#flags)
    this.#tests.set(element, known)
    return known
  }

  #quantifier({ element, min, max, greedy }: AST.Quantifier): void {
    for (let round = 0; round < min; round++) this.#round(element, undefined)
    if (max === Number.POSITIVE_INFINITY) {
      const start = this.#here
      const split = this.#split()
      const [into, past] = greedy ? (['first', 'second'] as const) : (['second', 'first'] as const)
      split[into] = this.#here
      this.#round(element, this.#loopOf(element))
      this.#write({ op: 'jump', to: start })
      split[past] = this.#here
      return
    }
    const splits = []
    for (let round = min; round < max; round++) {
      const split = this.#split()
      split[greedy ? 'first' : 'second'] = this.#here
      splits.push(split)
      this.#round(element, this.#loopOf(element))
    }
    for (const split of splits) split[greedy ? 'second' : 'first'] = this.#here
  }

  /** A mark for the rounds of what may be empty. */
  #loopOf(element: AST.QuantifiableElement): number | undefined {
    return mayBeEmpty(element) ? this.#loops++ : undefined
  }

  #round(element: AST.QuantifiableElement, loop: number | undefined): void {
    const groups = [...this.#groupsWithin(element)]
    if (groups.length > 0)
      this.#write({ op: 'clear', from: 2 * Math.min(...groups), to: 2 * Math.max(...groups) + 2 })
    const around = this.#around
    if (loop !== undefined) {
      this.#write({ op: 'mark', loop })
      this.#around = [...around, loop]
    }
    this.#element(element)
    this.#around = around
    if (loop !== undefined) this.#write({ op: 'moved', loop })
  }

  *#groupsWithin(element: AST.Element): Iterable<number> {
    if (element.type === 'Quantifier') yield* this.#groupsWithin(element.element)
    if (element.type === 'CapturingGroup') yield this.#numbers.get(element) ?? 0
    if ('alternatives' in element)
      for (const { elements } of element.alternatives)
        for (const inner of elements) yield* this.#groupsWithin(inner)
  }
}

function mayBeEmpty(element: AST.Element): boolean {
  switch (element.type) {
    case 'Quantifier':
      return element.min === 0 || mayBeEmpty(element.element)
    case 'Group':
    case 'CapturingGroup':
      return element.alternatives.some(({ elements }) => elements.every(mayBeEmpty))
    case 'Assertion':
    case 'Backreference':
      return true
    default:
      return false
  }
}
