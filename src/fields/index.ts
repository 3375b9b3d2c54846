export { checkValue, type FieldProblem, type FieldVerdict, type ReadPattern } from './check-value.ts'
export type { FieldRules, Normalization } from './field-rules.ts'
export { type NormalizedValue, normalizeValue } from './normalize-value.ts'
