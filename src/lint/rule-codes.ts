import { errorCatalogue, nearestName, type Severity } from '../errors/index.ts'
import { disableRules } from './comments/disable-rules.ts'
import { coreRules } from './core-rules.ts'
import { rules } from './generated/rule-registry.ts'
import type { RuleExample } from './rule.ts'

/** Everything that has a page: rules, findings about comments, findings of loading. */
export interface DocumentedRule {
  readonly code: string
  readonly severity: Severity
  readonly title: string
  readonly why: string
  readonly remedy: string
  readonly bad: RuleExample
  readonly good: RuleExample
}

export function documentedRules(): readonly DocumentedRule[] {
  return [...coreRules, ...rules, ...Object.values(disableRules)]
}

/** The codes that a finding can have. */
export function ruleCodes(): readonly string[] {
  const loading = Object.keys(errorCatalogue).filter((code) => /^(?:definition|expression|step)\//.test(code))
  return [...new Set([...documentedRules().map(({ code }) => code), ...loading])]
}

/** The rule of a code, with or without `lint/`; or the code that was probably meant. */
export function findRule(
  code: string,
): { readonly rule: DocumentedRule } | { readonly meant: string | undefined } {
  const all = documentedRules()
  const rule = all.find((one) => one.code === code || one.code === `lint/${code}`)
  if (rule !== undefined) return { rule }
  const codes = all.map((one) => one.code)
  return { meant: nearestName(code, codes) ?? nearestName(`lint/${code}`, codes) }
}
