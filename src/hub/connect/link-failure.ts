import type { InputProblem, MainspringError } from '../../errors/index.ts'
import type { Integration } from '../integrations/integration.ts'
import { findFieldPlaces } from './field-places.ts'

/** Why an account was not linked, in words for the person at the form. Holds no value of the form. */
export interface LinkFailure {
  /** Code of the error behind it. */
  readonly code: string
  readonly headline: string
  /** What to do. */
  readonly hint: string
  /** What is wrong with a field by itself, found before anything was sent. */
  readonly fields: readonly { readonly key: string; readonly message: string }[]
  /** Keys of the fields that are likely wrong, likeliest first, by the provider's answer. */
  readonly suspects: readonly string[]
  /** The provider's own words. */
  readonly providerMessage?: string
}

/** The form itself cannot be right; nothing was sent. */
export function refusedFields(problems: readonly InputProblem[]): LinkFailure {
  const only = problems.length === 1
  return {
    code: problems[0]?.code ?? 'auth/invalid-credential',
    headline: only ? 'One field needs another look.' : `${problems.length} fields need another look.`,
    hint: 'Correct what is marked, then connect again. Nothing was sent yet.',
    fields: problems.map(({ name, message }) => ({ key: name, message })),
    suspects: problems.map(({ name }) => name),
  }
}

/** What the answer of the provider to the test says about the credentials. */
export function refusedByProvider(error: MainspringError, integration: Integration): LinkFailure {
  const { connector, method } = integration
  const places = findFieldPlaces(connector, method)
  const inPlace = (place: string) =>
    method.configFields.map(({ key }) => key).filter((key) => places.get(key)?.includes(place as never))
  const secrets = method.configFields.filter((field) => field.secret).map(({ key }) => key)
  const either = (...lists: readonly (readonly string[])[]) => lists.find((list) => list.length > 0) ?? []
  const labels = (keys: readonly string[]) =>
    joinWords(keys.map((key) => method.configFields.find((field) => field.key === key)?.label ?? key))
  const failure = (headline: string, hint: string, suspects: readonly string[]): LinkFailure => ({
    code: error.code,
    headline,
    hint,
    fields: [],
    suspects,
    ...(error.providerMessage === undefined ? {} : { providerMessage: error.providerMessage }),
  })

  switch (error.code) {
    case 'auth/rejected': {
      const likely = either(inPlace('authorization'), secrets)
      const also = inPlace('address').filter((key) => !likely.includes(key))
      const rest = also.length === 0 ? '' : ` A wrong ${labels(also)} can lead to the same answer.`
      return failure(
        `${connector.title} does not accept the ${labels(likely)}.`,
        `Copy ${likely.length > 1 ? 'them' : 'it'} again from ${connector.title}; where a secret was lost, create a new one.${rest}`,
        [...likely, ...also],
      )
    }
    case 'auth/forbidden': {
      const likely = either(inPlace('header'), secrets)
      return failure(
        `${connector.title} does not let these credentials in: most likely the ${labels(likely)} is wrong.`,
        `Copy the ${labels(likely)} again. If it is right, ask an administrator whether API access is switched on.`,
        likely,
      )
    }
    case 'provider/not-found':
      return failure(
        `${connector.title} does not know this ${labels(either(inPlace('address'), secrets))}.`,
        'Check its spelling against the address at which you sign in.',
        either(inPlace('address'), secrets),
      )
    case 'provider/rate-limited':
      return failure(
        `${connector.title} asks to slow down.`,
        'Nothing is wrong with your credentials. Wait a minute, then connect again.',
        [],
      )
    case 'network/unreachable':
    case 'network/timeout':
    case 'network/interrupted':
      return failure(
        `${connector.title} could not be reached.`,
        'Try again in a minute. If it stays, check that the hub may reach the provider.',
        inPlace('host'),
      )
    case 'provider/failed':
      return failure(
        `${connector.title} has a problem of its own at the moment.`,
        'Nothing is known to be wrong with your credentials. Try again in a few minutes.',
        [],
      )
    default:
      return failure(`The test of the credentials failed: ${error.message}`, error.hint, [])
  }
}

function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? 'credentials'
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
