import { type HeldBack, heldBack } from '../../accounts/held-back.ts'
import { HubError } from '../../hub-error.ts'
import type { HubServices } from '../../services.ts'
import type { AccountRecord } from '../../store/index.ts'
import type { AccountModel, AccountRow } from '../views/index.ts'
import { accountEventsModel } from './account-events-model.ts'
import { type ConnectorNames, connectorNames } from './connector-names.ts'
import { historyText, whoText } from './history-text.ts'

const historyLength = 20

export function accountTitle({ label, originOwnerName }: AccountRecord): string {
  return label ?? originOwnerName
}

export function accountRow(
  account: AccountRecord,
  names: ConnectorNames,
  circuits: HeldBack['circuits'],
): AccountRow {
  const { id, originOwnerName, type, createdAt, lastUsedAt, lastError } = account
  return {
    id,
    title: accountTitle(account),
    connector: names.of(account.provider),
    ownerName: originOwnerName,
    status: shownStatus(account),
    type,
    linkedAt: createdAt,
    lastUsedAt,
    lastErrorMessage: lastError?.message ?? null,
    isLeftAlone: circuits.some(({ accountId }) => accountId === id),
  }
}

/** Of all that can be wrong, what only the person can mend is told apart. */
function shownStatus({ status, statusReasons }: AccountRecord): string {
  const isRefused = statusReasons.some(({ code }) => code === 'auth/reconnect-needed')
  return status === 'error' && isRefused ? 'reconnect' : status
}

/** @throws {HubError} `hub/account-unknown` */
export async function accountModel(
  services: HubServices,
  projectId: string,
  id: string,
): Promise<AccountModel> {
  const account = await services.accounts.get(projectId, id)
  const [names, integrations, history] = await Promise.all([
    connectorNames(services),
    services.integrations.ofConnector(projectId, account.provider),
    services.store.audit.list(projectId, { limit: historyLength, subject: `account:${id}` }),
  ])
  // Gone from the catalog, an account is shown without its form and can still be disconnected.
  const integration = integrations.find((one) => one.id === account.integrationId)
  const fields =
    integration === undefined ? [] : await fieldsOf(services, account, integration.method.configFields)
  const events =
    integration === undefined ? undefined : await accountEventsModel(services, account, integration.connector)
  return {
    id,
    title: accountTitle(account),
    label: account.label ?? '',
    connector: names.of(account.provider),
    owner: { id: account.originOwnerId, name: account.originOwnerName, username: account.originUsername },
    status: shownStatus(account),
    type: account.type,
    methodLabel: integration?.method.label ?? account.authentication,
    environmentName: integration?.environment.name ?? account.environment,
    linkedAt: account.createdAt,
    lastUsedAt: account.lastUsedAt,
    lastError: account.lastError,
    heldBack: heldBack(services.flow.state(), projectId, id),
    ...(events === undefined ? {} : { events }),
    fields,
    history: history.map((entry) => ({ at: entry.at, text: historyText(entry), by: whoText(entry.actor) })),
  }
}

async function fieldsOf(
  { accounts }: HubServices,
  account: AccountRecord,
  fields: readonly { readonly key: string; readonly label: string; readonly secret: boolean }[],
): Promise<AccountModel['fields']> {
  const secretKeys = await secretsOf(accounts, account)
  return fields.map(({ key, label, secret }) => ({
    label,
    secret,
    value: secret ? null : (account.setupInformation[key] ?? null),
    stored: secret ? secretKeys.includes(key) : account.setupInformation[key] !== undefined,
  }))
}

/** Secrets that cannot be opened any more are as good as gone: the account is shown, to be connected again. */
async function secretsOf(
  accounts: HubServices['accounts'],
  { projectId, id }: AccountRecord,
): Promise<readonly string[]> {
  try {
    return (await accounts.storedFields(projectId, id)).secretKeys
  } catch (error) {
    if (error instanceof HubError && error.code === 'hub/vault-unreadable') return []
    throw error
  }
}
