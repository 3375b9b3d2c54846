import { lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import type { CheckedRules } from './network-rules.ts'

/** Code of the error that a guarded lookup ends with. */
export const forbiddenAddress = 'ERR_MAINSPRING_ADDRESS'

/** Decides to which addresses a connection may be made: those of the public internet, and what the operator allows. */
export interface AddressGuard {
  /** Whether the host of a URL is an address at which nothing may be reached; of a name only its addresses tell. */
  forbidsHost(hostname: string): Promise<boolean>
  /** The lookup that connections are made by: they go to the very addresses that it has judged. */
  readonly lookup: LookupFunction
}

type IpAddress = typeof import('ipaddr.js')

export function createAddressGuard(rules: CheckedRules, lookup: LookupFunction = systemLookup): AddressGuard {
  let judge: ((address: string) => boolean) | undefined
  const loadJudge = async () => {
    judge ??= judgeOf((await import('ipaddr.js')).default, rules.ranges)
    return judge
  }
  return {
    async forbidsHost(hostname) {
      const address = hostname.replace(/^\[|\]$/g, '')
      return isIP(address) !== 0 && !(await loadJudge())(address)
    },
    lookup: (hostname, options, callback) =>
      lookup(hostname, options, (error, addresses, family) => {
        // A final dot is another spelling of the same name.
        if (error !== null || rules.allowsName(hostname.toLowerCase().replace(/\.$/, '')))
          return callback(error, addresses, family)
        const all = typeof addresses === 'string' ? [addresses] : addresses.map(({ address }) => address)
        const refuse = () => callback(refusal(), typeof addresses === 'string' ? '' : [])
        const answer = (mayReach: (address: string) => boolean) =>
          // One wrong address among several is refused too: the name is not what it claims to be.
          all.every(mayReach) ? callback(null, addresses, family) : refuse()
        if (judge !== undefined) answer(judge)
        else loadJudge().then(answer, refuse)
      }),
  }
}

function judgeOf(ipaddr: IpAddress, ranges: readonly string[]): (address: string) => boolean {
  const allowed = ranges.map((range) => {
    if (range.includes('/')) return ipaddr.parseCIDR(range)
    const address = ipaddr.parse(range)
    return [address, address.kind() === 'ipv4' ? 32 : 128] as [typeof address, number]
  })
  const mayReach = (text: string): boolean => {
    if (!ipaddr.isValid(text)) return false
    // `process` reads an IPv4 address that is mapped into IPv6 as what it is.
    const address = ipaddr.process(text)
    const isAllowed = allowed.some(
      ([range, bits]) => range.kind() === address.kind() && address.match(range, bits),
    )
    if (isAllowed) return true
    const kind = address.range()
    if (kind === 'unicast') return address.kind() === 'ipv4' || isGlobal(address.toByteArray())
    // NAT64 (RFC 6052): networks without IPv4 reach it so, and what counts is the address within.
    return kind === 'rfc6052' && address.toByteArray()[3] === 0x9b && isWellKnownPrefix(address.toByteArray())
      ? mayReach(address.toByteArray().slice(12).join('.'))
      : false
  }
  return mayReach
}

/** 2000::/3 is all that was ever given out (RFC 4291 §2.4); `::127.0.0.1` and its like lie outside. */
function isGlobal([first = 0]: number[]): boolean {
  return first >> 5 === 1
}

/** 64:ff9b::/96; the local-use 64:ff9b:1::/48 hides the IPv4 address anywhere. */
function isWellKnownPrefix(bytes: number[]): boolean {
  return bytes.slice(4, 12).every((byte) => byte === 0)
}

function refusal(): NodeJS.ErrnoException {
  return Object.assign(new Error('not allowed'), { code: forbiddenAddress })
}
