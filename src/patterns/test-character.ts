import type { TestCharacter } from './instruction.ts'
import type { AST } from './syntax.ts'

const known = 256

/**
 * Whether one character is what a part of a pattern asks for. The engine of the platform says so, since it knows all of
 * classes, properties and capitals, and cannot be slow on a text of one character.
 */
export function testCharacter(
  element: AST.Character | AST.CharacterSet | AST.CharacterClass | string,
  flags: string,
): TestCharacter {
  const source =
    typeof element === 'string'
      ? element
      : element.type === 'Character'
        ? literal(element.value, flags)
        : element.raw
  const pattern = new RegExp(`^(?:${source})$`, flags.replace(/[dgmy]/g, ''))
  const ask: TestCharacter = (code) => pattern.test(String.fromCodePoint(code))
  const answers = Array.from({ length: known }, (_, code) => ask(code))
  return (code) => answers[code] ?? ask(code)
}

function literal(code: number, flags: string): string {
  const hex = code.toString(16)
  return /[uv]/.test(flags) ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`
}
