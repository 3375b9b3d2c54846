import { behaviour, promise, type Rule, type Rules, wording } from '../rule.ts'
import { actionRules } from './action.ts'
import { authenticationRules } from './authentication.ts'
import { connectorRules } from './connector.ts'
import { inputRules } from './input.ts'
import { stepRules } from './step.ts'

const rules: Rules = {
  ...connectorRules,
  ...authenticationRules,
  ...actionRules,
  ...inputRules,
  ...stepRules,
  'ConnectorExtension.compat': promise,
  'ConnectorExtension.*': behaviour,
  'CarriedValues.*': behaviour,
  'ErrorReading.*': behaviour,
  'Budget[]': behaviour,
  'Budget.*': behaviour,
  // Resolved before two versions are compared.
  'Reference.*': behaviour,
  'NamedValue[]': behaviour,
  'NamedValue.*': behaviour,
  'AuthenticationExtension.guide': wording,
  'AuthenticationExtension.*': behaviour,
  'OAuthExtension.*': behaviour,
  'RevocationExtension.*': behaviour,
  'DiagnosisRuleDefinition[]': wording,
  'DiagnosisRuleDefinition.*': wording,
  'ConfigFieldExtension.*': behaviour,
  'Normalization.*': behaviour,
  'LinkingGuideDefinition.*': wording,
  'GuideSection[]': wording,
  'GuideSection.*': wording,
  'GuideStep[]': wording,
  'GuideStep.*': wording,
}

/**
 * How a key of the format is judged: by its own rule or its definition's. Whatever a step function is told is mechanics:
 * callers see it in what an action can do and gives, and both are judged elsewhere.
 *
 * @param subject - `Input.required`, or `Input[]` for a whole entry of a list
 * @returns undefined where nobody has decided: a test fails then
 */
export function ruleOf(subject: string, inStepFunction: boolean): Rule | undefined {
  const own = rules[subject]
  if (own !== undefined) return own
  const all = subject.endsWith('[]') ? undefined : rules[`${subject.slice(0, subject.indexOf('.'))}.*`]
  return all ?? (inStepFunction ? behaviour : undefined)
}
