import { callbackPath } from '../../connect/authorizations.ts'
import type { Integration } from '../../integrations/integration.ts'
import type { HubServices } from '../../services.ts'
import type { IntegrationSetup } from '../views/index.ts'
import { redirects } from './connect-model.ts'

/** What the operator has registered for an integration, as far as it may be shown. */
export async function integrationSetup(
  { integrations, baseUrl }: HubServices,
  projectId: string,
  integration: Integration,
): Promise<IntegrationSetup> {
  const { setupFields: fields, setupNotices: notices = [], support } = integration.method
  const said = { notices, ...(support === undefined ? {} : { support }) }
  const where = redirects(integration)
    ? { returnAddress: `${baseUrl()}${callbackPath(integration.connector.key)}` }
    : {}
  if (fields.length === 0)
    return { fields, ...said, ...where, storedSecrets: [], values: {}, isComplete: true }
  const [values, isComplete] = await Promise.all([
    integrations.setup(projectId, integration.id),
    integrations.isSetUp(projectId, integration),
  ])
  const stored = (secret: boolean) =>
    fields
      .filter((field) => field.secret === secret && (values[field.key] ?? '') !== '')
      .map(({ key }) => key)
  return {
    fields,
    ...said,
    ...where,
    storedSecrets: stored(true),
    values: Object.fromEntries(stored(false).map((key) => [key, values[key] ?? ''])),
    isComplete,
  }
}
