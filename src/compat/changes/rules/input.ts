import {
  ability,
  bound,
  changeText,
  container,
  demand,
  entry,
  judged,
  limit,
  names,
  promise,
  type Rule,
  type Rules,
  wording,
} from '../rule.ts'

const input = entry('input', { class: 'breaking', says: 'is gone, and calls that give it are refused' })

/** Types that take all that another takes. */
const wider: readonly (readonly [narrow: string, wide: string])[] = [
  ['datetime_string', 'string'],
  ['enum', 'string'],
]

const type: Rule = {
  ...promise,
  changed: (before, after) => {
    const widened = wider.some(([narrow, wide]) => narrow === before && wide === after)
    return {
      class: widened ? 'feature' : 'breaking',
      says: changeText(before, after),
      code: widened ? 'input-type-widened' : 'input-type-changed',
    }
  },
}

/** What callers may give. */
export const inputRules: Rules = {
  'Input[]': input,
  'Input.name': promise,
  'Input.type': type,
  'Input.required': demand('input'),
  'Input.description': wording,
  'Input.in': judged('fix', 'fix', 'fix', 'input-place'),
  'Input.array': promise,
  'Input.properties': container,
  'Input.oneOf': limit,
  'Input.rules': container,
  'Input.variants': ability('input-variant'),
  'InputVariant[]': ability('input-variant'),
  'InputVariant.type': type,
  'InputVariant.description': wording,
  'InputVariant.array': promise,
  'InputVariant.properties': container,
  'InputVariant.oneOf': limit,
  'InputVariant.rules': container,
  'EnumValues.values': names('feature', 'breaking', 'enum'),
  'EnumValues.ref': promise,
  'InputRules.minLength': bound('lower'),
  'InputRules.maxLength': bound('upper'),
  'InputRules.min': bound('lower'),
  'InputRules.max': bound('upper'),
  'InputRules.pattern': limit,
  'InputRules.format': limit,
  'InputRules.errorMessage': wording,
  'ValidationRule[]': limit,
  'FieldsRule.errorMessage': wording,
  'FieldsRule.*': limit,
  'RequiredIfRule.errorMessage': wording,
  'RequiredIfRule.*': limit,
  'RuleCondition.*': limit,
}
