import { isIP } from 'node:net'
import { InputError } from '../errors/index.ts'

/** What the operator lets requests reach beside the public internet. */
export interface NetworkRules {
  /**
   * Networks and hosts that are not of the public internet and may be reached all the same: `10.20.0.0/16`,
   * `fd00::/8`, one address, a name (`ats.corp.example`), or the names below one (`*.corp.example`). None by default.
   */
  readonly allowNetworks?: readonly string[] | undefined
  /** Ports beside 80, 443 and the one that a definition writes into its base URL. */
  readonly allowPorts?: readonly number[] | 'all' | undefined
}

/** The rules, read once. */
export interface CheckedRules {
  allowsPort(port: number): boolean
  /** Names that the operator vouches for, whatever they resolve to. */
  allowsName(hostname: string): boolean
  /** Networks and addresses, as they are written. */
  readonly ranges: readonly string[]
}

const hostName = /^(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i

/** An address, alone or with the bits of a network. */
function isRange(entry: string): boolean {
  const [, address = '', bits = '0'] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(entry) ?? []
  const family = isIP(address)
  return family !== 0 && Number(bits) <= (family === 4 ? 32 : 128)
}

/** @throws {InputError} naming every entry that is neither network, address nor name, and every port that is none */
export function checkRules({ allowNetworks = [], allowPorts = [] }: NetworkRules): CheckedRules {
  const ranges = allowNetworks.filter((entry) => isRange(entry))
  const names = allowNetworks.filter((entry) => !isRange(entry))
  const wrong = [
    ...names
      .filter((entry) => !hostName.test(entry) || /^[\d.]+$/.test(entry))
      .map((entry) => ['allowNetworks', entry]),
    ...(allowPorts === 'all' ? [] : allowPorts)
      .filter((port) => !Number.isInteger(port) || port < 1 || port > 65_535)
      .map((port) => ['allowPorts', String(port)]),
  ]
  if (wrong.length > 0)
    throw new InputError(
      wrong.map(([name = '', entry]) => ({
        code: 'input/invalid',
        name,
        message: `"${entry}" of "${name}" is no ${name === 'allowPorts' ? 'port' : 'network, address or host name'}.`,
      })),
    )
  const exact = new Set(names.filter((name) => !name.startsWith('*.')).map((name) => name.toLowerCase()))
  const suffixes = names.filter((name) => name.startsWith('*.')).map((name) => name.slice(1).toLowerCase())
  return {
    allowsPort: (port) => allowPorts === 'all' || port === 80 || port === 443 || allowPorts.includes(port),
    ranges,
    allowsName: (hostname) => exact.has(hostname) || suffixes.some((suffix) => hostname.endsWith(suffix)),
  }
}
