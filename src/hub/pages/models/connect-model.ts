import { checkValue } from '../../../fields/index.ts'
import type { LinkFailure } from '../../connect/link-failure.ts'
import type { Integration } from '../../integrations/integration.ts'
import type { HubServices } from '../../services.ts'
import type { ConnectSessionRecord } from '../../store/index.ts'
import type { FormValues } from '../http/index.ts'
import { type Choice, type ConnectFailureModel, type ConnectModel, fieldName } from '../views/index.ts'

export interface ConnectRequest {
  readonly session: ConnectSessionRecord
  readonly integrations: readonly Integration[]
  readonly chosen: Integration
  /** An address of this form with other parameters. */
  href(changes: Readonly<Record<string, string>>): string
  /** The address of the choice of connectors, where there is a choice. */
  readonly backHref?: string
  readonly parentOrigin?: string
  readonly nonce: string
  /** What was typed, on the way back from a refusal. */
  readonly form?: FormValues
  readonly failure?: ConnectFailureModel
}

/** The form of an integration for the person of a connect session. */
export async function connectModel(services: HubServices, request: ConnectRequest): Promise<ConnectModel> {
  const { session, integrations, chosen, form, failure, backHref, parentOrigin, href } = request
  const { hideHubSections } = await services.settings.get(session.projectId)
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
    action: href({ integration: chosen.id }),
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
    redirects: false,
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
    const verdict = checkValue({ ...field, required }, form.raw(fieldName(field.key)))
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
