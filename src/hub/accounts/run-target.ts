import type { RunOptions } from '../../engine/index.ts'
import type { Integration } from '../integrations/integration.ts'

/** Where the calls of an integration go, as the engine is told. */
export function runTarget({
  method,
  origin,
  runEnvironment,
}: Integration): Pick<RunOptions, 'authentication' | 'environment' | 'origin' | 'allowedOrigins'> {
  return {
    authentication: method.key,
    ...(runEnvironment === undefined ? {} : { environment: runEnvironment }),
    // The origin is the operator's own word, in the configuration: it needs no further leave.
    ...(origin === undefined ? {} : { origin, allowedOrigins: [origin] }),
  }
}
