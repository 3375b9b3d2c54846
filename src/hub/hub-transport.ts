import { createTransport, type NetworkRules, type Transport } from '../engine/index.ts'
import { InputError } from '../errors/index.ts'
import { HubError } from './hub-error.ts'
import type { HubOptions } from './hub-options.ts'

const thisMachine = ['127.0.0.0/8', '::1']

/**
 * Everything that the hub sends goes through one transport: calls, tokens, discovery, webhooks.
 *
 * @throws {HubError} `hub/config-invalid`: networks or ports that are none
 */
export function openTransport({
  transport,
  allowNetworks,
  allowPorts,
  baseUrl,
}: Pick<HubOptions, 'transport' | 'allowNetworks' | 'allowPorts' | 'baseUrl'>): Transport {
  if (transport !== undefined) return transport
  // A hub that is reached on this machine alone is somebody's own: so are its neighbours.
  const ownMachine = baseUrl === undefined || isLoopback(new URL(baseUrl).hostname)
  const network: NetworkRules = {
    allowNetworks: [...(allowNetworks ?? []), ...(ownMachine ? thisMachine : [])],
    allowPorts: ownMachine ? 'all' : allowPorts,
  }
  try {
    return createTransport({ network })
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new HubError('hub/config-invalid', { message: error.message })
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}
