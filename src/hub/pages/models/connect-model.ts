import { checkTyped } from '../../../plan/index.ts'
import { fieldName } from '../../../ui/index.ts'
import type { LinkFailure } from '../../connect/link-failure.ts'
import type { Integration } from '../../integrations/integration.ts'
import type { HubServices } from '../../services.ts'
import type { AttemptRecord, ConnectSessionRecord } from '../../store/index.ts'
import type { FormValues } from '../http/index.ts'
import type { Choice, ConnectFailureModel, ConnectModel } from '../views/index.ts'

export interface ConnectRequest {
  readonly session: ConnectSessionRecord
  readonly integrations: readonly Integration[]
  readonly chosen: Integration
  /** An address of this form with other parameters. */
  href(changes: Readonly<Record<string, string>>): string
  /** The address of the choice of connectors, where there is a choice. */
  readonly backHref?: string
  readonly parentOrigin?: string
  /** Shows what came of a visit to the provider's page. */
  readonly returnedHref: string
  readonly nonce: string
  /** What was typed, on the way back from a refusal. */
  readonly form?: FormValues
  readonly failure?: ConnectFailureModel
}

/** The form of an integration for the person of a connect session. */
export async function connectModel(services: HubServices, request: ConnectRequest): Promise<ConnectModel> {
  const { session, integrations, chosen, form, failure, backHref, parentOrigin, href } = request
  const { hideHubSections } = await services.settings.get(session.projectId)
  const inWindow = redirects(chosen) && parentOrigin !== undefined
  const reconnect = await readStored(services, session, chosen)
  const choices = (list: readonly Integration[], label: (one: Integration) => string): Choice[] =>
    list.map((one) => ({
      label: label(one),
      href: href({ integration: one.id }),
      current: one.id === chosen.id,
    }))
  const sameEnvironment = integrations.filter(({ environment }) => environment.key === chosen.environment.key)
  const sameMethod = integrations.filter(({ method }) => method.key === chosen.method.key)
  const plain = chosen.method.configFields.filter(({ secret }) => !secret)
  return {
    connector: chosen.connector,
    method: chosen.method,
    // Providers do not show their pages in frames: an embedded form goes on in a window of its own.
    action: inWindow
      ? href({ integration: chosen.id, embed: '', popup: 'yes' })
      : href({ integration: chosen.id }),
    ...(inWindow ? { returnedHref: request.returnedHref } : {}),
    ownerName: session.originOwnerName,
    whiteLabel: hideHubSections,
    sandbox: chosen.accountType === 'test',
    methods: choices(sameEnvironment, ({ method }) => method.label),
    environments: choices(sameMethod, ({ environment }) => environment.name),
    ...(backHref === undefined ? {} : { backHref }),
    nonce: request.nonce,
    values: Object.fromEntries(
      plain.map(({ key }) => [
        key,
        form === undefined ? (reconnect?.values[key] ?? '') : form.raw(fieldName(key)),
      ]),
    ),
    ...(reconnect === undefined ? {} : { reconnect: { storedSecrets: reconnect.secretKeys } }),
    redirects: redirects(chosen),
    ...(failure === undefined ? {} : { failure }),
    ...(parentOrigin === undefined ? {} : { parentOrigin }),
  }
}

/** Of the account that is connected again. Another way to sign in has other fields: nothing of the former fits. */
async function readStored(
  { accounts }: HubServices,
  { projectId, accountId }: ConnectSessionRecord,
  chosen: Integration,
) {
  if (accountId === null) return undefined
  const account = await accounts.get(projectId, accountId)
  if (account.integrationId !== chosen.id) return { values: {}, secretKeys: [] }
  const { secretKeys } = await accounts.storedFields(projectId, accountId)
  return { values: account.setupInformation, secretKeys }
}

/** The rules that the browser applies, with the same code and the same words. */
export function checkForm(
  { method }: Integration,
  form: FormValues,
  storedSecrets: readonly string[],
): ConnectFailureModel | undefined {
  const problems = method.configFields.flatMap((field) => {
    const required = field.required && !storedSecrets.includes(field.key)
    const verdict = checkTyped({ ...field, required }, form.raw(fieldName(field.key)))
    return 'problem' in verdict ? [[field.key, verdict.problem.sentence] as const] : []
  })
  if (problems.length === 0) return undefined
  return {
    code: 'auth/invalid-credential',
    headline:
      problems.length === 1
        ? 'One field needs another look.'
        : `${problems.length} fields need another look.`,
    hint: 'Nothing was sent to the provider yet.',
    fields: Object.fromEntries(problems),
    suspects: [],
  }
}

export function failureModel({
  code,
  headline,
  hint,
  fields,
  suspects,
  providerMessage,
}: LinkFailure): ConnectFailureModel {
  return {
    code,
    headline,
    hint,
    fields: Object.fromEntries(fields.map(({ key, message }) => [key, message])),
    suspects,
    ...(providerMessage === undefined ? {} : { providerMessage }),
  }
}

/** Whether the person is sent to a page of the provider. */
export function redirects({ method }: Pick<Integration, 'method'>): boolean {
  return method.oauth?.grantType === 'authorization_code' || method.mcp !== undefined
}

export function notSetUp({ connector }: Integration): ConnectFailureModel {
  return {
    code: 'auth/missing-credential',
    headline: `${connector.title} cannot be connected yet.`,
    hint: 'Whoever runs this hub has to finish its set-up first: catalog, linking.',
    fields: {},
    suspects: [],
  }
}

/** What came of a visit to the provider's page, where it was no account. */
export function attemptFailure(attempt: AttemptRecord, { connector }: Integration): ConnectFailureModel {
  const words: Readonly<Record<string, readonly [headline: string, hint: string]>> = {
    cancelled: [
      `You did not allow the access at ${connector.title}.`,
      'Nothing was linked. Begin again when you are ready.',
    ],
    expired: ['That took too long.', 'Nothing was linked. Begin again, and stay in this browser.'],
    pending: [`${connector.title} has not answered yet.`, 'Finish on its page, or begin again.'],
  }
  const [headline, hint] = words[attempt.status] ?? [
    attempt.error?.description ?? `${connector.title} refused the connection.`,
    'Nothing was linked. Begin again; if it stays, ask whoever runs this hub.',
  ]
  return { code: attempt.error?.code ?? 'auth/denied', headline, hint, fields: {}, suspects: [] }
}
