import type { InputProblem } from '../../errors/index.ts'
import type { Integration } from '../integrations/integration.ts'
import type { FailedTest } from './test-link.ts'

/** Why an account was not linked, in words for the person at the form. Holds no value of the form. */
export interface LinkFailure {
  /** Code of the error behind it. */
  readonly code: string
  readonly headline: string
  /** What to do. */
  readonly hint: string
  /** What is wrong with a field by itself, found before anything was sent. */
  readonly fields: readonly { readonly key: string; readonly message: string }[]
  /** Keys of the fields that are likely wrong, likeliest first. */
  readonly suspects: readonly string[]
  /** The provider's own words. */
  readonly providerMessage?: string
}

/** The form itself cannot be right; nothing was sent. */
export function refusedFields(problems: readonly InputProblem[]): LinkFailure {
  return {
    code: problems[0]?.code ?? 'auth/invalid-credential',
    headline:
      problems.length === 1
        ? 'One field needs another look.'
        : `${problems.length} fields need another look.`,
    hint: 'Correct what is marked, then connect again. Nothing was sent yet.',
    fields: problems.map(({ name, message }) => ({ key: name, message })),
    suspects: problems.map(({ name }) => name),
  }
}

/** What the provider's answer to the test says about the credentials. */
export function refusedByProvider(
  { error, suspects, hint }: FailedTest,
  { connector, method }: Integration,
): LinkFailure {
  const labels = suspects.map((key) => method.configFields.find((field) => field.key === key)?.label ?? key)
  return {
    code: error.code,
    headline: headlineOf(error.code, connector.title, labels) ?? `The test failed: ${error.message}`,
    hint: hint ?? error.hint,
    fields: [],
    suspects,
    ...(error.providerMessage === undefined ? {} : { providerMessage: error.providerMessage }),
  }
}

function headlineOf(code: string, provider: string, suspects: readonly string[]): string | undefined {
  const likely = suspects.length === 0 ? '' : ` Most likely wrong: ${joinWords(suspects)}.`
  switch (code) {
    case 'auth/rejected':
      return `${provider} does not accept these credentials.${likely}`
    case 'auth/forbidden':
      return `${provider} does not let these credentials in.${likely}`
    case 'provider/not-found':
      return `${provider} does not know what these values point to.${likely}`
    case 'provider/rate-limited':
      return `${provider} asks to slow down. Nothing is known to be wrong with the values.`
    case 'network/unreachable':
    case 'network/timeout':
    case 'network/interrupted':
      return `${provider} could not be reached. Nothing is known to be wrong with the values.`
    case 'provider/failed':
      return `${provider} has a problem of its own at the moment.`
    case 'call/aborted':
      return 'The test was ended before the provider had answered.'
    default:
      return undefined
  }
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
