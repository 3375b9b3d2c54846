import { syntaxError } from '../expression-failure.ts'
import type { SourceText } from '../source-text.ts'
import { type BinaryOperator, type Mark, precedences, type Token } from './token.ts'

const blank = /\s+/y
const number = /\d*\.\d+|\d+/y
const name = /[a-zA-Zа-яА-Я_$À-ÖØ-öø-ÿ][a-zA-Zа-яА-Я_$À-ÖØ-öø-ÿ\d]*/y
const word = /(?:in|true|false)\b/y
/** Longest first, so that `//` is never read as two divisions. */
const symbol = /&&|\|\||\?\?|==|!=|<=|>=|\/\/|[-+*/%^<>!.[\](){}:,?|]/y

/** The marks behind which a minus belongs to the number that follows; a comma is not among them. */
const marksBeforeSign: ReadonlySet<Mark> = new Set(['!', '(', '[', '?', ':'])

/**
 * The tokens of a program, ending with one of kind `end`.
 *
 * @throws {ExpressionError} `expression/syntax`
 */
export function readTokens(source: SourceText): Token[] {
  const { text } = source
  const tokens: Token[] = []
  let index = 0

  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = index
    return pattern.exec(text)?.[0]
  }
  const skipBlanks = (): void => {
    index += match(blank)?.length ?? 0
  }

  const readSignedNumber = (): void => {
    const start = index
    while (text[index] === '-') {
      index += 1
      skipBlanks()
    }
    const digits = text[index] === '.' ? undefined : match(number)
    if (digits === undefined) {
      throw syntaxError(
        source,
        start,
        start + 1,
        'A minus sign here needs a number right after it.',
        'Write `0 - x` for the negative of a value.',
      )
    }
    index += digits.length
    tokens.push({ kind: 'literal', value: -Number.parseFloat(digits), quoted: false, start, end: index })
  }

  const push = (length: number, token: TokenContent): void => {
    tokens.push({ ...token, start: index, end: index + length } as Token)
    index += length
  }

  for (;;) {
    skipBlanks()
    const first = text[index]
    if (first === undefined) break
    if (first === '"' || first === "'") {
      const end = endOfQuoted(text, index)
      if (end === undefined) {
        throw syntaxError(
          source,
          index,
          index + 1,
          'The quoted text is never closed.',
          `Close it with ${first}.`,
        )
      }
      push(end - index, { kind: 'literal', value: unquote(text.slice(index, end)), quoted: true })
    } else if (first === '-' && signMayFollow(tokens.at(-1))) {
      readSignedNumber()
    } else {
      const found = match(word) ?? match(symbol) ?? match(name) ?? match(number)
      if (found === undefined) {
        const shown = String.fromCodePoint(text.codePointAt(index) ?? 0)
        throw syntaxError(
          source,
          index,
          index + shown.length,
          `The character ${shown} has no meaning here.`,
          hints[shown],
        )
      }
      if (reservedNames.has(found)) {
        throw syntaxError(
          source,
          index,
          index + found.length,
          `The name ${found} cannot be written like this.`,
          `Write it in brackets: ['${found}'].`,
        )
      }
      push(found.length, classify(found))
    }
  }
  tokens.push({ kind: 'end', start: index, end: index })
  return tokens
}

/** The names that every object has from its prototype; the original cannot write them bare either. */
const reservedNames: ReadonlySet<string> = new Set([
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'toString',
  'valueOf',
])

const hints: Readonly<Record<string, string>> = {
  '=': 'Compare with == and !=; there is no ===, and nothing can be assigned.',
  '&': 'Write && for "and".',
  '`': 'Quote text with " or \'.',
}

type TokenContent = Token extends infer Each
  ? Each extends Token
    ? Omit<Each, 'start' | 'end'>
    : never
  : never

function classify(found: string): TokenContent {
  if (found === 'true' || found === 'false')
    return { kind: 'literal', value: found === 'true', quoted: false }
  if (Object.hasOwn(precedences, found)) return { kind: 'operator', operator: found as BinaryOperator }
  const first = found.charCodeAt(0)
  if (first >= 48 && first <= 57) return { kind: 'literal', value: Number.parseFloat(found), quoted: false }
  if (found.length === 1 && '!.[](){}:,?|'.includes(found)) return { kind: 'mark', mark: found as Mark }
  return { kind: 'name', name: found }
}

function signMayFollow(previous: Token | undefined): boolean {
  if (previous === undefined || previous.kind === 'operator') return true
  return previous.kind === 'mark' && marksBeforeSign.has(previous.mark)
}

/**
 * Behind the closing quote. A backslash before a quote keeps the text open, unless nothing else closes it: then the
 * last of those quotes does.
 */
function endOfQuoted(text: string, start: number): number | undefined {
  const quote = text[start]
  let lastEscaped: number | undefined
  for (let index = start + 1; index < text.length; index += 1) {
    if (text[index] === '\\' && text[index + 1] === quote) {
      index += 1
      lastEscaped = index + 1
    } else if (text[index] === quote) return index + 1
  }
  return lastEscaped
}

/** The own quote, and the first `\\` only, can be escaped. */
function unquote(quoted: string): string {
  const quote = quoted[0] as string
  return quoted.slice(1, -1).replaceAll(`\\${quote}`, quote).replace('\\\\', '\\')
}
