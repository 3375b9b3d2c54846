import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'

/** An answer as bytes on the wire, head and body. */
export interface WireAnswer {
  readonly bytes: Buffer
  /** Cut into so many pieces. */
  readonly pieces: number
  /** The connection ends as if it were torn. */
  readonly torn: boolean
}

const encoders = {
  gzip: gzipSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
  deflate: deflateSync,
  identity: (body: Buffer) => body,
} as const
type Encoding = keyof typeof encoders
const encodings = Object.keys(encoders) as Encoding[]

const boundary = 'part-1'
const multipart = Buffer.from(
  `--${boundary}\r\ncontent-type: application/json\r\n\r\n{"people":[]}\r\n--${boundary}\r\ncontent-disposition: form-data; name="../../x"\r\n\r\n\u0000\r\n--${boundary}--`,
)

/** Documents of each kind, whole and broken. */
export const documents: fc.Arbitrary<Buffer> = fc.oneof(
  fc.jsonValue().map((json) => Buffer.from(JSON.stringify({ people: json, person: json, next: json }))),
  fc
    .constantFrom(
      '{"people":[{"id":"a","name":"A"}]}',
      '{"person":{"id":"a","name":"A"}}',
      '{"people":[{"id":9007199254740993,"n":1e999}]}',
      '\ufeff{"people":[]}',
      '{"people":[]}{"people":[]}',
      '{"a":'.repeat(3_000),
      '<?xml version="1.0"?><people><person id="1">A &amp; B</person></people>',
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><people>&b;</people>',
      '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
      `${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`,
      '<a><b></a></b>',
      '<Envelope><Body><Fault><faultcode>Client</faultcode><faultstring>no</faultstring></Fault></Body></Envelope>',
      '<Envelope xmlns:__proto__="x"><__proto__><polluted>1</polluted></__proto__></Envelope>',
      '<html><title>Down</title></html>',
      'a,b\n1,2',
      'null',
      '',
    )
    .map((text) => Buffer.from(text)),
  fc.constant(multipart),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.string({ unit: 'binary', maxLength: 100 }).map((text) => Buffer.from(text)),
  // Small on the wire, large behind it.
  fc.constant(Buffer.alloc(3 * 1024 * 1024, 0x20)),
)

export const contentTypes = fc.constantFrom(
  'application/json',
  'application/json; charset=utf-16',
  'application/json; charset="nonsense',
  'application/xml',
  'text/xml; charset=iso-8859-1',
  'application/soap+xml',
  `multipart/mixed; boundary=${boundary}`,
  'multipart/form-data',
  'text/html',
  'application/octet-stream',
  ',',
  '',
)

const statusLines = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      '200 OK',
      '200 OK',
      '201 Created',
      '404 Not Found',
      '429 Slow',
      '503 Busy',
      '204 None',
      '304 Same',
    ),
  },
  fc.constantFrom('100 Continue', '101 Switch', '199 x', '302 Found', '600 x', '99 x', 'abc', '200'),
)
const extraHeaders = fc.array(
  fc.constantFrom(
    'Retry-After: 99999999999999999999',
    'Retry-After: soon',
    'ETag: "a',
    'Location: //evil.example/\r',
    'Set-Cookie: a=b',
    'Content-Length: 1',
    'Content-Length: -1',
    'Transfer-Encoding: chunked, chunked',
    'Transfer-Encoding: gzip',
    'X-Long: '.padEnd(20_000, 'a'),
    'no colon',
    ' folded: x',
    'Link: <>; rel=next, <http://evil.example/>; rel="next"',
    'X-\u00e9: \u0001',
  ),
  { maxLength: 2 },
)

/** Answers of a server that speaks HTTP, more or less: compressed, mislabelled, chunked, cut, torn, in parts. */
export const wireAnswers: fc.Arbitrary<WireAnswer> = fc
  .record({
    status: statusLines,
    type: contentTypes,
    document: documents,
    encoding: fc.constantFrom(...encodings),
    label: fc.oneof(
      { weight: 4, arbitrary: fc.constant(undefined) },
      fc.constantFrom(...encodings, 'x-gzip', 'gzip, gzip', 'nonsense'),
    ),
    framing: fc.constantFrom('length', 'length', 'chunked', 'close', 'wrong-length', 'bad-chunk'),
    extra: fc.oneof({ weight: 3, arbitrary: fc.constant<string[]>([]) }, extraHeaders),
    cut: fc.oneof({ weight: 5, arbitrary: fc.constant(1) }, fc.double({ min: 0, max: 1, noNaN: true })),
    pieces: fc.integer({ min: 1, max: 4 }),
    torn: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
  })
  .map(({ status, type, document, encoding, label, framing, extra, cut, pieces, torn }) => {
    const body = encoders[encoding](document)
    const head = [
      `HTTP/1.1 ${status}`,
      `Content-Type: ${type}`,
      ...(label === undefined && encoding === 'identity' ? [] : [`Content-Encoding: ${label ?? encoding}`]),
      ...(framing === 'length' ? [`Content-Length: ${body.length}`] : []),
      ...(framing === 'wrong-length' ? [`Content-Length: ${body.length + 7}`] : []),
      ...(framing === 'chunked' || framing === 'bad-chunk' ? ['Transfer-Encoding: chunked'] : []),
      ...extra,
      'Connection: close',
    ]
    const framed =
      framing === 'chunked'
        ? Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')])
        : framing === 'bad-chunk'
          ? Buffer.concat([Buffer.from('fffffffffffffffff\r\n'), body])
          : body
    const whole = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), framed])
    return { bytes: whole.subarray(0, Math.ceil(whole.length * cut)), pieces, torn }
  })
