import type { InputProblem } from '../../errors/index.ts'
import { isRecord } from '../../http/index.ts'
import type { Compiler, DefinitionPath } from '../compiler.ts'
import type { CredentialField } from '../connector-plan.ts'
import { valueFormats } from '../inputs/value-formats.ts'

/** Compiles one of `configFields` or `setupFields`. */
export function compileCredentialField(
  field: Readonly<Record<string, unknown>>,
  compiler: Compiler,
  at: DefinitionPath,
): CredentialField {
  const text = (key: string) => (typeof field[key] === 'string' ? { [key]: field[key] } : {})
  const type = typeof field['type'] === 'string' ? field['type'] : 'text'
  const validation = isRecord(field['validation']) ? field['validation'] : {}
  const pattern =
    typeof validation['pattern'] === 'string'
      ? validation['pattern']
      : valueFormats[String(validation['format'])]?.pattern.source
  const options = Array.isArray(field['options']) ? field['options'].filter(isRecord) : []
  const extension = isRecord(field['x-mainspring']) ? field['x-mainspring'] : {}
  if (pattern !== undefined && !isPattern(pattern))
    compiler.report('definition/wrong-value', 'The pattern is not a valid regular expression.', [
      ...at,
      'validation',
      'pattern',
    ])
  return {
    key: String(field['key']),
    label: typeof field['label'] === 'string' ? field['label'] : String(field['key']),
    type,
    required: field['required'] === true,
    secret: field['secret'] === true || type === 'password',
    ...text('placeholder'),
    ...text('description'),
    ...text('tooltip'),
    ...(options.length > 0
      ? {
          options: options.map((option) => ({
            value: String(option['value']),
            label: String(option['label'] ?? option['value']),
          })),
        }
      : {}),
    ...(pattern === undefined || !isPattern(pattern)
      ? {}
      : {
          validation: {
            pattern,
            ...(typeof validation['errorMessage'] === 'string'
              ? { message: validation['errorMessage'] }
              : {}),
          },
        }),
    normalize: compileNormalize(extension['normalize']),
    location: compiler.locate(at),
  }
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u')
    return true
  } catch {
    return false
  }
}

/** `x-mainspring.normalize`: forgives what people paste, before any rule is applied. */
function compileNormalize(rules: unknown): (value: string) => string {
  const { trim, lowercase, subdomainOf } = isRecord(rules) ? rules : {}
  const escaped =
    typeof subdomainOf === 'string' ? subdomainOf.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : undefined
  const address =
    escaped === undefined
      ? undefined
      : new RegExp(`^https://([^./@:?#\\\\\\s]+)\\.${escaped}(?:[/?#][^\\s]*)?$`, 'i')
  return (value) => {
    const trimmed = trim === true ? value.trim() : value
    const label = address?.exec(trimmed)?.[1] ?? trimmed
    // Letters of ASCII only: toLowerCase would turn look-alikes such as the Kelvin sign into plain letters.
    return lowercase === true ? label.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : label
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const control = /[\u0000-\u001f\u007f]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: a key in PEM form has lines
const controlInLines = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/** The value of a field as it is used, or what is wrong with it. The message never holds the value. */
export function checkCredential(
  field: CredentialField,
  value: unknown,
): { readonly value: unknown } | InputProblem {
  const refuse = (why: string): InputProblem => ({
    code: 'auth/invalid-credential',
    name: field.key,
    message: `${field.label} (${field.key}) ${why}.`,
  })
  if (value === undefined || value === null || value === '')
    return field.required
      ? {
          code: 'auth/missing-credential',
          name: field.key,
          message: `${field.label} (${field.key}) is required.`,
        }
      : { value }
  if (typeof value !== 'string') return refuse('must be a text')
  const normalized = field.normalize(value)
  if (normalized === '' && field.required)
    return {
      code: 'auth/missing-credential',
      name: field.key,
      message: `${field.label} (${field.key}) is required.`,
    }
  if ((field.type === 'text_area' ? controlInLines : control).test(normalized))
    return refuse('holds a control character; copy it again without line breaks')
  if (field.options !== undefined && !field.options.some((option) => option.value === normalized))
    return refuse(`must be one of ${field.options.map((option) => option.value).join(', ')}`)
  if (field.validation !== undefined && !new RegExp(field.validation.pattern, 'u').test(normalized))
    return refuse(
      field.validation.message === undefined
        ? `must match ${field.validation.pattern}`
        : `is not valid: ${field.validation.message.replace(/\.$/, '')}`,
    )
  return { value: normalized }
}
