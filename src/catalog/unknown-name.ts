import { nearestName, UnknownNameError } from '../errors/index.ts'
import type { ConnectorListing } from './listing.ts'

export function unknownConnector(key: string, keys: readonly string[]): UnknownNameError {
  const nearest = nearestName(key, keys)
  return new UnknownNameError('connector/unknown', {
    message: `There is no connector "${key}".`,
    hint: nearest && `Did you mean "${nearest}"? \`mainspring connectors\` lists them all.`,
  })
}

export function unknownAction(actionId: string, connectors: readonly ConnectorListing[]): UnknownNameError {
  const known = connectors.flatMap(({ actions }) => actions)
  const unprefixed = known.find(({ id }) => id === actionId)?.qualifiedId
  const names = known.map(({ qualifiedId }) => qualifiedId)
  const nearest = unprefixed ?? nearestName(actionId, names)
  return new UnknownNameError('action/unknown', {
    message: `There is no action "${actionId}".`,
    hint: nearest && `Did you mean "${nearest}"? \`mainspring actions\` lists them all.`,
  })
}
