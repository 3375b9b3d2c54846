import { AuthError, type MainspringError } from '../../errors/index.ts'
import type { AuthenticationPlan, DiagnosisRule } from '../../plan/index.ts'
import type { CredentialTest } from './linking.ts'

/** Which fields a failure points to: by the rules of the definition, else by what every provider's answer means. */
export function diagnose(
  error: MainspringError,
  { diagnose: rules, configFields }: AuthenticationPlan,
): Pick<CredentialTest, 'suspects' | 'hint'> {
  // The call was refused before it was sent: the fields are known, not guessed.
  const named = error instanceof AuthError ? (error.problems ?? []).map(({ name }) => name) : []
  if (named.length > 0) return { suspects: named }
  const rule = rules.find((candidate) => fits(candidate, error))
  if (rule !== undefined)
    return { suspects: rule.fields, ...(rule.hint === undefined ? {} : { hint: rule.hint }) }
  if (error.code !== 'auth/rejected' && error.code !== 'auth/forbidden') return { suspects: [] }
  return { suspects: configFields.filter(({ secret }) => secret).map(({ key }) => key) }
}

function fits({ status, code, message }: DiagnosisRule, error: MainspringError): boolean {
  const words = (error.providerMessage ?? '').toLowerCase()
  return (
    (status === undefined || error.status === status) &&
    (code === undefined || error.code === code) &&
    (message === undefined || words.includes(message.toLowerCase()))
  )
}
