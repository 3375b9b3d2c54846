import { HubError } from '../hub-error.ts'
import type { IntegrationSetting } from '../integrations/integration.ts'

/** @throws {HubError} `hub/config-invalid` */
export function checkIntegrations(
  integrations: readonly IntegrationSetting[],
  sandbox: boolean,
  file: string | undefined,
): void {
  const seen = new Set<string>()
  for (const { connector, environment, origin } of integrations) {
    const name = `${connector} ${environment}`
    if (seen.has(name)) refuse(file, `integrations: ${connector} has the environment "${environment}" twice.`)
    seen.add(name)
    if (origin === 'sandbox' && !sandbox)
      refuse(file, `integrations: ${connector} points at the sandbox, which is not started.`)
  }
}

function refuse(file: string | undefined, message: string): never {
  throw new HubError('hub/config-invalid', { message: `${file ?? 'The configuration'}: ${message}` })
}
