import type { InputProblem } from '../../errors/index.ts'
import { isRecord } from '../../http/index.ts'
import type { ValidationRule } from './check-inputs.ts'

/** Compiles the `validationRules` of an action. An input counts as given when it is neither undefined nor null. */
export function compileValidationRules(rules: unknown): readonly ValidationRule[] {
  if (!Array.isArray(rules)) return []
  return rules.filter(isRecord).flatMap((rule): ValidationRule[] => {
    const fields = Array.isArray(rule['fields']) ? rule['fields'].map(String) : []
    const own = typeof rule['errorMessage'] === 'string' ? rule['errorMessage'] : undefined
    const given = (inputs: Readonly<Record<string, unknown>>, name: string) =>
      inputs[name] !== undefined && inputs[name] !== null
    const problem = (
      code: 'input/missing' | 'input/invalid',
      name: string,
      message: string,
    ): InputProblem => ({ code, name, pointer: `/${name}`, message: own ?? message })
    const list = fields.map((field) => `"${field}"`).join(', ')
    switch (rule['rule']) {
      case 'atLeastOneOf':
        return [
          (inputs) =>
            fields.some((name) => given(inputs, name))
              ? undefined
              : problem('input/missing', fields[0] ?? '', `At least one of ${list} is required.`),
        ]
      case 'mutuallyExclusive':
        return [
          (inputs) =>
            fields.filter((name) => given(inputs, name)).length > 1
              ? problem('input/invalid', fields[0] ?? '', `Only one of ${list} may be given.`)
              : undefined,
        ]
      case 'requiredIf': {
        const field = String(rule['field'])
        const condition = isRecord(rule['condition']) ? rule['condition'] : {}
        return [
          (inputs) =>
            holds(condition, inputs) && !given(inputs, field)
              ? problem('input/missing', field, `Input "${field}" is required here.`)
              : undefined,
        ]
      }
      default:
        return []
    }
  })
}

function holds(
  condition: Readonly<Record<string, unknown>>,
  inputs: Readonly<Record<string, unknown>>,
): boolean {
  const value = inputs[String(condition['field'])]
  const present = value !== undefined && value !== null
  if (condition['present'] !== undefined) return present === (condition['present'] === true)
  if (condition['equals'] !== undefined) return value === condition['equals']
  return condition['notEquals'] !== undefined && value !== condition['notEquals']
}
