import type { AST } from './syntax.ts'

/**
 * The most steps that a backtracking engine takes for a text of this length, counted from above: every way to divide the
 * text among the parts of the pattern, from every place to begin. Infinite where the ways multiply with each character.
 */
export function worstCase(pattern: AST.Pattern, flags: string, length: number): number {
  const anchored =
    !flags.includes('m') &&
    pattern.alternatives.every(
      ({ elements: [first] }) => first?.type === 'Assertion' && first.kind === 'start',
    )
  const starts = anchored || flags.includes('y') ? 1 : length + 1
  return starts * waysOfAll(pattern.alternatives, length) * (length + pattern.raw.length)
}

function waysOfAll(alternatives: readonly AST.Alternative[], length: number): number {
  return alternatives.reduce(
    (sum, { elements }) => sum + elements.reduce((product, element) => product * ways(element, length), 1),
    0,
  )
}

function ways(element: AST.Element, length: number): number {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return waysOfAll(element.alternatives, length)
    case 'Assertion':
      return 'alternatives' in element ? waysOfAll(element.alternatives, length) : 1
    case 'Quantifier':
      return waysToRepeat(element, length)
    case 'CharacterClass':
    case 'ExpressionCharacterClass':
    case 'CharacterSet':
    case 'Character':
    case 'Backreference':
      return 1
  }
}

function waysToRepeat({ element, min, max }: AST.Quantifier, length: number): number {
  // Each round but the least takes a character, or ends the repetition.
  const most = Math.min(max, min + length + 1)
  const once = ways(element, length)
  if (once === 1) return most - min + 1
  let sum = 0
  for (let rounds = min; rounds <= most && sum < Number.POSITIVE_INFINITY; rounds++) sum += once ** rounds
  return sum
}
