import { lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'

/** Code of the error that a guarded lookup ends with. */
export const forbiddenAddress = 'ERR_MAINSPRING_ADDRESS'

/** Whether a host of a URL may be an address of the public internet; a name is judged by what it resolves to. */
export async function isPublicHost(hostname: string): Promise<boolean> {
  const address = hostname.replace(/^\[|\]$/g, '')
  return isIP(address) === 0 || isPublic(address)
}

/** A name resolution that gives no address of loopback, of a private network or of a special purpose. */
export function guardLookup(lookup: LookupFunction = systemLookup): LookupFunction {
  return (hostname, options, callback) =>
    lookup(hostname, options, (error, addresses, family) => {
      if (error !== null) return callback(error, addresses, family)
      const all = typeof addresses === 'string' ? [addresses] : addresses.map(({ address }) => address)
      Promise.all(all.map(isPublic)).then(
        // One wrong address among several is refused too: the name is not what it claims to be.
        (each) =>
          each.every(Boolean)
            ? callback(null, addresses, family)
            : callback(refusal(), typeof addresses === 'string' ? '' : []),
        () => callback(refusal(), typeof addresses === 'string' ? '' : []),
      )
    })
}

async function isPublic(address: string): Promise<boolean> {
  const { default: ipaddr } = await import('ipaddr.js')
  // `process` reads an IPv4 address that is mapped into IPv6 as what it is.
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
}

function refusal(): NodeJS.ErrnoException {
  return Object.assign(new Error('not public'), { code: forbiddenAddress })
}
