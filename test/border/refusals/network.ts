import { type Entrance, refusal } from './refusal.ts'

const hosts: readonly [string, readonly string[]][] = [
  ['this machine', ['127.0.0.1', '127.8.9.10', '0.0.0.0', '[::1]', '[::]', 'localhost']],
  ['the same, in other numbers', ['2130706433', '0x7f.1', '0177.0.0.1', '127.1', '0x7f000001']],
  ['private networks', ['10.0.0.1', '172.16.0.1', '192.168.1.1', '100.64.0.1', '[fd00::1]']],
  ['the link, and what clouds tell there', ['169.254.169.254', '[fe80::1]', '[fd00:ec2::254]']],
  ['IPv4 within IPv6', ['[::ffff:127.0.0.1]', '[::ffff:a9fe:a9fe]', '[::127.0.0.1]', '[2002:7f00:1::]']],
  ['IPv4 within IPv6, by NAT64', ['[64:ff9b::7f00:1]', '[64:ff9b::10.0.0.1]', '[64:ff9b:1::a00:1]']],
  [
    'nobody, or many',
    ['224.0.0.1', '255.255.255.255', '192.0.2.1', '240.0.0.1', '[ff02::1]', '[2001:db8::1]'],
  ],
]
const asDns = (host: string) => new URL(`http://${host}`).hostname.replace(/[[\]]/g, '')

export const network: readonly Entrance[] = [
  {
    title: 'An address',
    about:
      'Refused until the operator names it: `allowNetworks` of the hub, `--allow-network` of a command. Whatever comes by an `origin` of the operator is taken as it is.',
    refusals: hosts.map(([what, examples]) =>
      refusal<string>({
        what,
        examples,
        comesTo: 'policy/address-not-allowed',
        attempt: (world, host) => world.reach(`http://${host}/`),
      }),
    ),
  },
  {
    title: 'An answer of DNS',
    about:
      'Judged by the lookup that the connection is made by: the connection goes to the very address that was judged, and to no other (`test/border/addresses.test.ts` shows that a second answer is never asked for).',
    refusals: [
      ...hosts.map(([what, examples]) =>
        refusal<string>({
          what,
          examples: examples.filter((host) => !host.startsWith('localhost')).map(asDns),
          comesTo: 'policy/address-not-allowed',
          attempt: (world, address) => world.reach('http://api.acme.test/', [address]),
        }),
      ),
      refusal<readonly string[]>({
        what: 'a wrong address among right ones',
        examples: [
          ['93.184.215.14', '10.0.0.1'],
          ['2606:4700::1', '::1'],
        ],
        comesTo: 'policy/address-not-allowed',
        attempt: (world, addresses) => world.reach('http://api.acme.test/', addresses),
      }),
    ],
  },
  {
    title: 'A port',
    about: '80, 443 and what a definition writes into its base URL; `allowPorts`, `--allow-port` for others.',
    refusals: [
      refusal<number>({
        what: 'any other',
        examples: [22, 25, 3306, 5432, 6379, 8080, 9200, 11211],
        comesTo: 'policy/address-not-allowed',
        attempt: (world, port) => world.reach(`http://api.acme.test:${port}/`, ['93.184.215.14']),
      }),
    ],
  },
  {
    title: 'A scheme',
    about: 'The last check before sending, whatever made the address.',
    refusals: [
      refusal<string>({
        what: 'any other than http and https',
        examples: [
          'file:///etc/passwd',
          'ftp://acme.test',
          'data:text/plain,x',
          'unix:/run/x',
          'gopher://acme.test',
          '/x',
        ],
        comesTo: 'input/invalid',
        attempt: (world, url) => world.reach(url),
      }),
    ],
  },
]
