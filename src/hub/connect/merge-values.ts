import type { CredentialField } from '../../plan/index.ts'

/** What stands for a stored secret in a form, followed at most by its last characters. */
export const secretMark = '__secretvalue:**redacted**'

/**
 * The values of a form laid over those stored: a field that was not sent, and a secret that was not typed again, keep
 * what is stored; what the form does not ask for, such as a token of the provider, stays as well.
 */
export function mergeValues(
  fields: readonly CredentialField[],
  stored: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...stored }
  for (const { key, secret } of fields) {
    if (!Object.hasOwn(given, key)) continue
    const value = given[key]
    if (secret && (value === '' || value === null || isMark(value))) continue
    merged[key] = value
  }
  return merged
}

function isMark(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith(secretMark)
}
