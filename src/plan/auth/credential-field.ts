import type { InputProblem } from '../../errors/index.ts'
import { checkValue, type FieldRules, type FieldVerdict, type Normalization } from '../../fields/index.ts'
import { isRecord } from '../../http/index.ts'
import { patternEngine } from '../../patterns/index.ts'
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
    ...text('value'),
    ...(field['readOnly'] === true ? { readOnly: true } : {}),
    ...(field['externalSystemAccountIdentifier'] === true ? { externalSystemAccountIdentifier: true } : {}),
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
    normalization: compileNormalization(extension['normalize']),
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
function compileNormalization(rules: unknown): Normalization {
  const { trim, lowercase, subdomainOf } = isRecord(rules) ? rules : {}
  return {
    ...(trim === true ? { trim } : {}),
    ...(lowercase === true ? { lowercase } : {}),
    ...(typeof subdomainOf === 'string' ? { subdomainOf } : {}),
  }
}

/** {@link checkValue} for a server: the pattern of a definition cannot hold it up. */
export function checkTyped(rules: FieldRules, typed: string): FieldVerdict {
  return checkValue(rules, typed, (source) => patternEngine(source, 'u'))
}

/** The value of a field as it is used, or what is wrong with it. The message never holds the value. */
export function checkCredential(
  field: CredentialField,
  given: unknown,
): { readonly value: unknown } | InputProblem {
  const refuse = (code: InputProblem['code'], predicate: string): InputProblem => ({
    code,
    name: field.key,
    message: `${field.label} (${field.key}) ${predicate}.`,
  })
  const value = field.readOnly === true ? (field.value ?? given) : (given ?? field.value)
  if ((value === undefined || value === null) && !field.required) return { value }
  if (value !== undefined && value !== null && typeof value !== 'string')
    return refuse('auth/invalid-credential', 'must be a text')
  const verdict = checkTyped(field, value ?? '')
  if (!('problem' in verdict)) return { value: verdict.value }
  const { kind, predicate } = verdict.problem
  return refuse(kind === 'missing' ? 'auth/missing-credential' : 'auth/invalid-credential', predicate)
}
