import type { LookupFunction } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createTransport, type InputError, type NetworkRules } from '../../src/index.ts'
import { type FakeProvider, startProvider } from '../engine/fake-provider.ts'
import { read, thrownBy } from '../transport/requests.ts'

let provider: FakeProvider
let port: string
beforeAll(async () => {
  provider = await startProvider((_request, response) => response.end('reached'))
  port = new URL(provider.origin).port
})
afterAll(() => provider.close())

/** Gives the addresses in turn, and the last one for ever. */
function resolving(...answers: readonly string[][]): LookupFunction & { readonly asked: string[] } {
  const asked: string[] = []
  const lookup: LookupFunction = (hostname, options, callback) => {
    const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? []
    asked.push(hostname)
    const all = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (options.all === true) callback(null, all)
    else callback(null, all[0]?.address ?? '', all[0]?.family)
  }
  return Object.assign(lookup, { asked })
}

async function outcomeOf(
  url: string,
  { network = { allowPorts: 'all' }, dnsLookup }: { network?: NetworkRules; dnsLookup?: LookupFunction } = {},
): Promise<string> {
  const transport = createTransport({ network, dnsLookup, random: () => 0 })
  try {
    const request = read(url, { trustedOrigin: false, repeatable: false })
    const { text } = await transport.send(request, {
      timeoutMs: 5_000,
      limits: { connectMs: 100, attempts: 1 },
    })
    return text
  } catch (error) {
    return String((error as { code?: unknown }).code)
  } finally {
    transport.close()
  }
}

const forbidden = [
  ['this machine', ['127.0.0.1', '127.255.0.9', '[::1]', '0.0.0.0', '[::]']],
  [
    'this machine, spelled otherwise',
    ['2130706433', '0x7f.1', '127.1', '[::ffff:127.0.0.1]', '[::127.0.0.1]'],
  ],
  ['private networks', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '[fd00::1]', '[fec0::1]']],
  ['the link', ['169.254.169.254', '[fe80::1]', '[::ffff:169.254.169.254]', '[fd00:ec2::254]']],
  ['the network of a carrier', ['100.64.0.1', '100.127.255.255']],
  ['this network', ['0.1.2.3']],
  ['many at once', ['224.0.0.1', '239.255.255.255', '255.255.255.255', '[ff02::1]']],
  [
    'nobody',
    ['192.0.2.1', '198.51.100.1', '203.0.113.1', '198.18.0.1', '240.0.0.1', '[2001:db8::1]', '[4000::1]'],
  ],
  [
    'IPv4 within IPv6',
    [
      '[64:ff9b::7f00:1]',
      '[64:ff9b::a9fe:a9fe]',
      '[64:ff9b:1::a00:1]',
      '[2002:7f00:1::]',
      '[::ffff:0:7f00:1]',
    ],
  ],
] as const

describe.each(forbidden)('an address of %s is not reached', (_whose, hosts) => {
  test.each([...hosts])('%s', async (host) => {
    const before = provider.seen.length
    expect(await outcomeOf(`http://${host}:${port}/`)).toBe('policy/address-not-allowed')
    const address = new URL(`http://${host}`).hostname.replace(/[[\]]/g, '')
    expect(await outcomeOf(`http://ats.example.com:${port}/`, { dnsLookup: resolving([address]) })).toBe(
      'policy/address-not-allowed',
    )
    expect(provider.seen.length).toBe(before)
  })
})

describe('a name', () => {
  test('with one wrong address among right ones is not what it claims to be', async () => {
    const dnsLookup = resolving(['93.184.215.14', '10.0.0.1'])
    expect(await outcomeOf('http://ats.example.com/', { dnsLookup })).toBe('policy/address-not-allowed')
  })

  test('is resolved once: the connection goes to the very address that was judged', async () => {
    // Public when asked first, this machine when asked again: the trick of DNS rebinding.
    const dnsLookup = resolving(['192.88.99.1'], ['127.0.0.1'])
    const network: NetworkRules = { allowPorts: 'all', allowNetworks: ['192.88.99.0/24'] }
    const before = provider.seen.length
    const outcome = await outcomeOf(`http://ats.example.com:${port}/`, { dnsLookup, network })
    expect(outcome).toMatch(/^network\//)
    expect(dnsLookup.asked).toEqual(['ats.example.com'])
    expect(provider.seen.length).toBe(before)
  })

  test('of this machine is judged like any other', async () => {
    expect(await outcomeOf(`http://localhost:${port}/`)).toBe('policy/address-not-allowed')
  })
})

describe('what the operator allows is reached', () => {
  test.each([
    ['a network', ['127.0.0.0/8'], '127.0.0.1'],
    ['an address', ['127.0.0.1'], '127.0.0.1'],
    ['an address within IPv6', ['127.0.0.1'], '[::ffff:127.0.0.1]'],
    ['a name', ['ats.corp.example'], 'ats.corp.example'],
    ['a name with a final dot', ['ats.corp.example'], 'ATS.corp.example.'],
    ['the names below one', ['*.corp.example'], 'ats.corp.example'],
  ])('%s', async (_what, allowNetworks, host) => {
    const network: NetworkRules = { allowNetworks, allowPorts: 'all' }
    const dnsLookup = resolving(['127.0.0.1'])
    expect(await outcomeOf(`http://${host}:${port}/`, { network, dnsLookup })).toBe('reached')
  })

  test.each([
    ['another name', ['ats.corp.example'], 'evil-ats.corp.example'],
    ['the name above', ['*.corp.example'], 'corp.example'],
    ['a name that only ends alike', ['*.corp.example'], 'evilcorp.example'],
    ['another network', ['10.0.0.0/8', 'fd00::/8'], '127.0.0.1'],
  ])('and not %s', async (_what, allowNetworks, host) => {
    const network: NetworkRules = { allowNetworks, allowPorts: 'all' }
    const dnsLookup = resolving(['127.0.0.1'])
    expect(await outcomeOf(`http://${host}:${port}/`, { network, dnsLookup })).toBe(
      'policy/address-not-allowed',
    )
  })

  test('and entries that mean nothing are refused at once, all of them', () => {
    const network: NetworkRules = {
      allowNetworks: ['10.0.0.0/8', '1.2.3', '10.0.0.0/33', 'a b', '*'],
      allowPorts: [0, 443],
    }
    let thrown: unknown
    try {
      createTransport({ network })
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ code: 'input/invalid' })
    expect((thrown as InputError).problems).toHaveLength(5)
  })
})

describe('a port', () => {
  const network: NetworkRules = { allowNetworks: ['127.0.0.1'] }
  const url = () => `${provider.origin}/`
  const outcomeWith = async (rules: NetworkRules, declaredPort?: number) => {
    const transport = createTransport({ network: rules })
    const request = read(url(), { trustedOrigin: false, ...(declaredPort && { declaredPort }) })
    const sent = transport.send(request, { timeoutMs: 5_000 })
    const outcome = await sent.then(
      ({ text }) => text,
      ({ code }) => code,
    )
    transport.close()
    return outcome
  }

  test('that is neither usual nor declared is not reached', async () => {
    expect(await outcomeWith(network)).toBe('policy/address-not-allowed')
    expect(await outcomeWith(network, Number(port) - 1)).toBe('policy/address-not-allowed')
  })

  test('that the definition writes, or the operator allows, is', async () => {
    expect(await outcomeWith(network, Number(port))).toBe('reached')
    expect(await outcomeWith({ ...network, allowPorts: [Number(port)] })).toBe('reached')
  })
})

test('the error says what is wrong and who can allow it, and is no secret about the resolved address', async () => {
  const transport = createTransport({ dnsLookup: resolving(['10.20.30.40']) })
  const error = await thrownBy(
    transport.send(read('http://ats.example.com/', { trustedOrigin: false }), { timeoutMs: 5_000 }),
  )
  expect(error).toMatchObject({ code: 'policy/address-not-allowed', retryable: false })
  expect(error['hint']).toContain('allowNetworks')
  expect(error.message).not.toContain('10.20.30.40')
  transport.close()
})
