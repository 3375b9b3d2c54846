import type { FieldRules } from './field-rules.ts'
import { normalizeValue } from './normalize-value.ts'

/** A value that can be used, or what is wrong with it. */
export type FieldVerdict =
  | { readonly value: string; readonly remark?: string }
  | { readonly problem: FieldProblem }

export interface FieldProblem {
  readonly kind: 'missing' | 'invalid'
  /** Completes a sentence that begins with the field's name: `is required`. Never holds the value. */
  readonly predicate: string
  /** A whole sentence for the person who fills the form. Never holds the value. */
  readonly sentence: string
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const control = /[\u0000-\u001f\u007f]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: a key in PEM form has lines
const controlInLines = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/** Makes a pattern of its text, with the flag `u`. */
export type ReadPattern = (source: string) => { test(text: string): boolean }

const readPlain: ReadPattern = (source) => new RegExp(source, 'u')

/**
 * Normalises a typed value and applies the field's rules. An empty value of an optional field is fine.
 * Runs on the server and, unchanged, in the browser.
 *
 * @param readPattern - a server has to bound the time that a pattern may take; a browser holds up nobody else
 */
export function checkValue(rules: FieldRules, typed: string, readPattern = readPlain): FieldVerdict {
  const normalized = normalizeValue(typed, rules.normalization)
  const { value } = normalized
  if (value === '') return rules.required ? missing(rules) : normalized
  if ((rules.type === 'text_area' ? controlInLines : control).test(value))
    return invalid(rules, 'holds a control character; copy it again without line breaks')
  const { options, validation } = rules
  if (options !== undefined && !options.some((option) => option.value === value))
    return invalid(rules, `must be one of ${options.map((option) => option.value).join(', ')}`)
  if (validation !== undefined && !readPattern(validation.pattern).test(value))
    return validation.message === undefined
      ? invalid(rules, `must match ${validation.pattern}`)
      : invalid(rules, `is not valid: ${validation.message.replace(/\.$/, '')}`, validation.message)
  return normalized
}

function missing({ label }: FieldRules): FieldVerdict {
  const predicate = 'is required'
  return { problem: { kind: 'missing', predicate, sentence: `${label} ${predicate}.` } }
}

function invalid(
  { label }: FieldRules,
  predicate: string,
  sentence = `${label} ${predicate}.`,
): FieldVerdict {
  return { problem: { kind: 'invalid', predicate, sentence } }
}
