import { describe, expect, test } from '@jest/globals'
import { explainAction, iterateAction } from '../../src/index.ts'
import { createWorkbench, type SeenRequest, stepOf } from './one-action.ts'
import { proves } from './proves.ts'

const bench = createWorkbench()
const envelopeOf = (content: string) =>
  `<?xml version="1.0"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header/><soap:Body>${content}</soap:Body></soap:Envelope>`
const sendXml = (content: string, status = 200) =>
  bench.answer(
    (_, response) => void response.writeHead(status, { 'content-type': 'text/xml' }).end(envelopeOf(content)),
  )
const bodyOf = (seen: SeenRequest | undefined) => seen?.body.toString() ?? ''
const soap = (parameters: Readonly<Record<string, unknown>>, result: unknown = '$.steps.get.output') => ({
  steps: [stepOf('soap_request', { url: '/soap', method: 'post', ...parameters })],
  result: { data: result },
  inputs: [{ name: 'name', type: 'string', in: 'body', required: false, description: 'name' }],
})
const password = 'canary<pass>&word'
const account = [
  {
    basic: {
      type: 'custom',
      label: 'B',
      authorization: { type: 'none' },
      environments: [{ key: 'production', name: 'P' }],
      configFields: [
        { key: 'username', label: 'U', type: 'text', required: true, secret: false },
        { key: 'password', label: 'P', type: 'password', required: true, secret: true },
      ],
    },
  },
]
const credentials = { username: 'ann', password }

describe('soap_request', () => {
  proves(
    ['7/soap_request', '7/soap-envelope'],
    'the body args go into the operation within an envelope',
    async () => {
      sendXml('<r/>')
      await bench.run(
        soap({
          soapOperation: 'GetWorkers',
          args: [
            { name: 'Id', value: ['1', '<2>'], in: 'body' },
            { name: 'Filter', value: { '@_kind': 'a', Name: 'Ann & Bob' }, in: 'body' },
            { name: 'x-trace', value: '1', in: 'headers' },
            { name: 'v', value: '2', in: 'query' },
          ],
        }),
      )
      const [seen] = bench.seen
      expect(bodyOf(seen)).toBe(
        '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Header/><soapenv:Body><GetWorkers><Id>1</Id><Id>&lt;2&gt;</Id><Filter kind="a"><Name>Ann &amp; Bob</Name></Filter></GetWorkers></soapenv:Body></soapenv:Envelope>',
      )
      expect(seen).toMatchObject({ method: 'POST', url: '/v1/soap?v=2', headers: { 'x-trace': '1' } })
    },
  )

  test('without soapOperation loading warns, and the step fails before anything is sent', async () => {
    await expect(bench.run(soap({ args: [] }))).rejects.toMatchObject({ code: 'step/failed', step: 'get' })
    expect(bench.seen).toEqual([])
  })

  proves('7/soap-namespaces', 'names without a prefix get that of the first namespace', async () => {
    sendXml('<r/>')
    await bench.run(
      soap({
        soapOperation: 'Get',
        namespaces: [
          { namespaceIdentifier: 'urn', namespace: 'urn:one' },
          { namespaceIdentifier: 'two', namespace: 'urn:two' },
        ],
        args: [
          { name: 'A', value: { '@_k': '1', '@_two:q': '2', 'two:B': 'x', C: [{ D: '1' }] }, in: 'body' },
        ],
      }),
    )
    const body = bodyOf(bench.seen[0])
    expect(body).toContain('xmlns:urn="urn:one" xmlns:two="urn:two"')
    expect(body).toContain(
      '<urn:Get><urn:A urn:k="1" two:q="2"><two:B>x</two:B><urn:C><urn:D>1</urn:D></urn:C></urn:A></urn:Get>',
    )
  })

  proves('7/soap-context', 'a UsernameToken is added unless useSoapContext is false', async () => {
    sendXml('<r/>')
    const action = { ...soap({ soapOperation: 'Get' }), authentication: account }
    await bench.run(action, { credentials })
    const body = bodyOf(bench.seen[0])
    expect(body).toContain('<wsse:Username>ann</wsse:Username>')
    expect(body).toContain('#PasswordText">canary&lt;pass&gt;&amp;word</wsse:Password>')
    await bench.run(
      { ...soap({ soapOperation: 'Get', useSoapContext: false }), authentication: account },
      { credentials },
    )
    expect(bodyOf(bench.seen[1])).not.toContain('wsse')
    const { requests } = explainAction(await bench.plan(action), 'act', { credentials })
    expect(requests[0]?.bodyText).toContain('PasswordText">***</wsse:Password>')
  })

  proves(
    '7/soap-headers',
    'Content-Type is application/xml unless an arg says otherwise; SOAPAction as given',
    async () => {
      sendXml('<r/>')
      await bench.run(soap({ soapOperation: 'Get', soapAction: 'urn:Get' }))
      const type = { name: 'Content-Type', value: 'text/xml; charset=utf-8', in: 'headers' }
      await bench.run(soap({ soapOperation: 'Get', args: [type] }))
      expect(bench.seen.map(({ headers }) => [headers['content-type'], headers['soapaction']])).toEqual([
        ['application/xml', 'urn:Get'],
        ['text/xml; charset=utf-8', undefined],
      ])
    },
  )

  test('an envelope of the definition is sent as it is, a structure or a text', async () => {
    sendXml('<r/>')
    const inputs = { name: '</n><evil/>&' }
    await bench.run(soap({ envelope: '<e><n>${inputs.name}</n></e>' }), { inputs })
    await bench.run(soap({ envelope: { e: { '@_k': 'v', n: '$.inputs.name' } } }), { inputs })
    // A value can never write elements of its own.
    expect(bench.seen.map(bodyOf)).toEqual([
      '<e><n>&lt;/n&gt;&lt;evil/&gt;&amp;</n></e>',
      '<?xml version="1.0" encoding="UTF-8"?><e k="v"><n>&lt;/n&gt;&lt;evil/&gt;&amp;</n></e>',
    ])
  })

  proves('7/soap-response', 'prefixes go, attributes are _x, and data is what the Body holds', async () => {
    sendXml('<m:GetResponse xmlns:m="u" m:id="7"><m:Row>A</m:Row><m:Row>B</m:Row></m:GetResponse>')
    const { data } = await bench.run(soap({ soapOperation: 'Get' }))
    expect(data).toMatchObject({
      data: { GetResponse: { Row: ['A', 'B'], _id: '7' } },
      raw: { Envelope: { Body: { GetResponse: { _id: '7' } } } },
      statusCode: 200,
    })
    const one = await bench.run(
      soap({ soapOperation: 'Get', response: { dataKey: 'GetResponse' } }, '$.steps.get.output.data'),
    )
    expect(one.data).toEqual({ Row: ['A', 'B'], _id: '7' })
  })

  proves(
    '7/soap-fault',
    'a Fault is an error of status 500 with its faultstring, whatever the status',
    async () => {
      const read = { 'x-mainspring': { retry: { safe: true } } }
      const action = {
        steps: [stepOf('soap_request', { url: '/s', method: 'post', soapOperation: 'Get' }, read)],
      }
      const once = { limits: { maxAttempts: 1 } }
      for (const status of [200, 500]) {
        sendXml(
          '<soap:Fault><faultcode>c</faultcode><faultstring>No such worker</faultstring></soap:Fault>',
          status,
        )
        await expect(bench.run(action, once)).rejects.toMatchObject({
          code: 'provider/failed',
          status: 500,
          providerMessage: 'No such worker',
        })
      }
      sendXml(
        '<soap:Fault><soap:Reason><soap:Text xml:lang="en">Second version</soap:Text></soap:Reason></soap:Fault>',
      )
      await expect(bench.run(action, once)).rejects.toMatchObject({ providerMessage: 'Second version' })
    },
  )

  test('a fault can be made something else by customErrors', async () => {
    sendXml('<soap:Fault><faultstring>No such worker</faultstring></soap:Fault>')
    const customErrors = [
      { receivedStatus: 500, targetStatus: 404, condition: '{{message == "No such worker"}}' },
    ]
    await expect(bench.run(soap({ soapOperation: 'Get', customErrors }))).rejects.toMatchObject({
      code: 'provider/not-found',
    })
  })

  test.each([
    ['what is no XML', 'not xml'],
    ['entities that grow', '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'],
    ['an answer cut short', envelopeOf('<a>').slice(0, -20)],
  ])('%s is a coded error', async (_, text) => {
    bench.answer(
      (_request, response) => void response.writeHead(200, { 'content-type': 'text/xml' }).end(text),
    )
    await expect(bench.run(soap({ soapOperation: 'Get' }))).rejects.toMatchObject({
      code: 'write/outcome-unknown',
    })
  })

  test('a name out of an input that is no name of an element is refused before anything is sent', async () => {
    const args = [{ name: 'A', value: { 'b><evil/>': 1 }, in: 'body' }]
    await expect(bench.run(soap({ soapOperation: 'Get', args }))).rejects.toMatchObject({
      code: 'input/invalid',
    })
    expect(bench.seen).toEqual([])
  })
})

describe('soap_paginated_request', () => {
  const paged = {
    steps: [
      stepOf('soap_paginated_request', {
        url: '/soap',
        method: 'post',
        envelope: '<q><cursor>${pageIterator.token}</cursor><nr>${pageIterator.page}</nr></q>',
        iterator: { key: 'cursor', in: 'body' },
        response: { dataKey: 'List.Row', nextKey: 'List.Next' },
      }),
    ],
  }
  const pages: Readonly<Record<string, string>> = {
    '': '<m:List><m:Row><m:Id>1</m:Id></m:Row><m:Row><m:Id>2</m:Id></m:Row><m:Next>p2</m:Next></m:List>',
    p2: '<m:List><m:Row><m:Id>3</m:Id></m:Row><m:Next>p3</m:Next></m:List>',
    p3: '<m:List><m:Row><m:Id>4</m:Id></m:Row><m:Next/></m:List>',
  }

  proves(
    '7/soap_paginated_request',
    'pages go by cursor, one object is one record, the envelope is made for each',
    async () => {
      bench.answer(({ body }, response) => {
        const token = /<cursor>(.*?)<\/cursor>/.exec(body.toString())?.[1] ?? ''
        response.writeHead(200, { 'content-type': 'text/xml' }).end(envelopeOf(pages[token] ?? ''))
      })
      const ids = (rows: unknown) => (rows as { Id: string }[]).map(({ Id }) => Id)
      expect(ids((await bench.run(paged)).data)).toEqual(['1', '2', '3', '4'])
      expect(bench.seen.map(bodyOf)).toEqual([
        '<q><cursor></cursor><nr>1</nr></q>',
        '<q><cursor>p2</cursor><nr>2</nr></q>',
        '<q><cursor>p3</cursor><nr>3</nr></q>',
      ])
      const rows = iterateAction(await bench.plan(paged), 'act', {
        origin: bench.origin(),
        inputs: { page_size: 1 },
      })
      expect(ids(await Array.fromAsync(rows))).toEqual(['1', '2', '3', '4'])
    },
  )
})
