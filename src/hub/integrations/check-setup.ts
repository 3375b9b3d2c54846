import { type CredentialField, checkTyped } from '../../plan/index.ts'
import { HubError } from '../hub-error.ts'

/**
 * Lays new setup values over those stored, by the rules of the fields.
 *
 * @throws {HubError} `hub/invalid-request`, naming every field that cannot be
 */
export function checkSetup(
  fields: readonly CredentialField[],
  stored: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const merged: Record<string, string> = { ...stored }
  const problems: string[] = []
  for (const field of fields) {
    const typed = given[field.key]
    if (typed === undefined || (typed === '' && field.secret && merged[field.key] !== undefined)) continue
    const verdict = checkTyped(field, typed)
    if ('problem' in verdict) problems.push(verdict.problem.sentence)
    else merged[field.key] = verdict.value
  }
  const unknown = Object.keys(given).filter((key) => !fields.some((field) => field.key === key))
  if (unknown.length > 0) problems.push(`There is no field ${unknown.join(', ')}.`)
  if (problems.length > 0) throw new HubError('hub/invalid-request', { message: problems.join(' ') })
  return merged
}
