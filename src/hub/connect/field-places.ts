import { type AuthenticationPlan, type ConnectorPlan, explainAction } from '../../plan/index.ts'

/** Where on a request the value of a field ends up. */
export type FieldPlace = 'authorization' | 'header' | 'query' | 'address' | 'host'

const known = new WeakMap<AuthenticationPlan, ReadonlyMap<string, readonly FieldPlace[]>>()

/**
 * Finds out what each field of a form is used for, so that a refusal can name the fields it is about: a field is
 * where the request changes when its value does. Nothing is sent, and no real value is needed.
 */
export function findFieldPlaces(
  connector: ConnectorPlan,
  method: AuthenticationPlan,
): ReadonlyMap<string, readonly FieldPlace[]> {
  const found = known.get(method)
  if (found !== undefined) return found
  const keys = method.configFields.map(({ key }) => key)
  const plain = Object.fromEntries(keys.map((key) => [key, `value-of-${key}`]))
  const before = authorizationParts(connector, method, plain)
  const url = explainedUrl(connector, method)
  const places = new Map(
    keys.map((key) => {
      const after = authorizationParts(connector, method, { ...plain, [key]: `other-${key}` })
      const changed = [...after].filter(([part, value]) => before.get(part) !== value).map(([part]) => part)
      const inUrl = [`<${key}>`, encodeURIComponent(`<${key}>`)].some((mark) => url.includes(mark))
      const inHost = [`<${key}>`, encodeURIComponent(`<${key}>`)].some((mark) =>
        url.replace(/^(https?:\/\/[^/]*).*$/s, '$1').includes(mark),
      )
      const all: FieldPlace[] = [
        ...changed.map((part): FieldPlace => placeOf(part)),
        ...(inUrl ? (['address'] as const) : []),
        ...(inHost ? (['host'] as const) : []),
      ]
      return [key, [...new Set(all)]] as const
    }),
  )
  known.set(method, places)
  return places
}

function placeOf(part: string): FieldPlace {
  if (part === 'header authorization') return 'authorization'
  return part.startsWith('header ') ? 'header' : 'query'
}

function authorizationParts(
  connector: ConnectorPlan,
  method: AuthenticationPlan,
  credentials: Readonly<Record<string, string>>,
): Map<string, string> {
  try {
    const { headers, query } = method.authorization.apply({
      inputs: {},
      credentials,
      steps: {},
      intermediateSteps: {},
      context: {
        authenticationType: method.key,
        environment: method.environments[0]?.key ?? 'production',
        connectorKey: connector.key,
        actionType: 'test',
        flowType: 'action',
      },
      connector: { key: connector.key, title: connector.title, version: connector.version },
      action: { id: 'field_places', label: '' },
    })
    return new Map([
      ...headers.map(({ name, value }) => [`header ${name}`, value] as const),
      ...query.map(({ name, value }) => [`query ${name}`, value] as const),
    ])
  } catch {
    // Such as a token that only a sign-in at the provider gives: then the fields are not on the request themselves.
    return new Map()
  }
}

function explainedUrl(connector: ConnectorPlan, method: AuthenticationPlan): string {
  const [test] = method.testActions
  if (test === undefined) return ''
  try {
    const { requests } = explainAction(connector, test.actionId, {
      authentication: method.key,
      allowPreview: true,
    })
    return requests[0]?.url ?? ''
  } catch {
    return ''
  }
}
