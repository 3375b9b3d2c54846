import { compileExpression } from '../../../src/expression/index.ts'
import { inputsOfArguments } from '../../../src/mcp/index.ts'
import { actionPlan, type Entrance, input, refusal, requestStep } from './refusal.ts'

const doc = actionPlan(
  requestStep(
    '{ url: /x, method: post, args: [{ name: doc, in: body, value: "$.inputs.doc", spread: true }] }',
  ),
  { inputs: input('doc', 'object') },
)
const get = actionPlan(requestStep('{ url: /x, method: get }'))
const mapped = actionPlan(
  `${requestStep('{ url: /x, method: get }')}
- stepId: map
  description: Maps.
  stepFunction:
    functionName: map_fields
    version: '2'
    parameters:
      dataSource: $.steps.get.output.data
      fields:
        - { targetFieldKey: __proto__, type: string, expression: $.a }
        - { targetFieldKey: constructor, type: string, expression: $.b }`,
  { result: '{ data: "$.steps.map.output.data" }' },
)
const hostile = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'
const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__']

/** Own names alone, so that a prototype would show. */
const ownText = (value: unknown) =>
  Object.getPrototypeOf(value) === Object.prototype ? JSON.stringify(value) : 'an object of another kind'

export const prototypes: readonly Entrance[] = [
  {
    title: 'Names that lead to a prototype',
    about:
      'They are unknown names where names are declared, and plain data where they are not. Nothing is polluted: the test looks at `Object.prototype` after each.',
    refusals: [
      refusal<string>({
        what: 'as an input',
        examples: names,
        comesTo: 'input/unknown',
        attempt: (world, name) => world.run(doc, { inputs: JSON.parse(`{"${name}":{"doc":{"a":1}}}`) }),
      }),
      refusal<string>({
        what: 'as an input of the command line',
        examples: names,
        comesTo: 'input/unknown',
        attempt: (world, name) =>
          world.command(
            'run',
            'clockwork_list_people',
            '--input',
            `${name}=1`,
            '--origin',
            'http://127.0.0.1:1',
          ),
      }),
      refusal<string>({
        what: 'as an argument of an agent’s tool',
        examples: ['{"__proto__":{"doc":{"a":1}}}', '{"body":{"__proto__":{"doc":{"a":1}}}}'],
        comesTo: 'input/unknown',
        attempt(world, text) {
          const [action] = doc.actions
          if (action === undefined) throw new Error('no action')
          return world.run(doc, { inputs: inputsOfArguments(action, 'nested', JSON.parse(text)) })
        },
      }),
      refusal<string>({
        what: 'in the JSON of a hub’s caller',
        examples: [
          '{"action":"clockwork_list_people","body":{"__proto__":{"page_size":1}}}',
          '{"__proto__":{"action":"x"}}',
        ],
        comesTo: 'hub/invalid-request',
        attempt: (world, json) => world.post('/actions/rpc', json),
      }),
      refusal<string>({
        what: 'as a setting of the hub',
        examples: ['__proto__: { port: 1 }', 'constructor: { port: 1 }'],
        comesTo: 'hub/config-invalid',
        attempt: (world, text) => world.readConfig(text),
      }),
      refusal<string>({
        what: 'within an object input',
        examples: [hostile],
        comesTo: { harmless: 'data of these names' },
        async attempt(world, text) {
          await world.run(doc, { inputs: { doc: JSON.parse(text) } })
          return world.sent[0]?.body
        },
        seen: (text) => text,
      }),
      refusal<string>({
        what: 'as a credential',
        examples: ['{"__proto__":{"secret":"s"},"secret":"t"}'],
        comesTo: { harmless: 'left alone: no field has such a name' },
        async attempt(world, text) {
          await world.run(get, { credentials: JSON.parse(text) })
          return JSON.stringify(world.sent[0]?.headers)?.includes('"s"')
        },
        seen: () => false,
      }),
      refusal<string>({
        what: 'in an answer of JSON',
        examples: [hostile],
        comesTo: { harmless: 'data of these names' },
        async attempt(world, text) {
          world.answer = () => ({ body: Buffer.from(text) })
          return ownText(((await world.run(get)) as { data: unknown }).data)
        },
        seen: (text) => text,
      }),
      refusal<string>({
        what: 'in an answer of XML',
        examples: [
          '<a><__proto__><polluted>1</polluted></__proto__></a>',
          '<__proto__/>',
          '<a><constructor/></a>',
        ],
        comesTo: 'response/unreadable',
        sentBefore: 1,
        attempt(world, text) {
          world.answer = () => ({ headers: { 'content-type': 'application/xml' }, body: Buffer.from(text) })
          return world.run(get)
        },
      }),
      refusal<string>({
        what: 'as the target of a mapping',
        examples: ['{"a":"polluted","b":"c"}'],
        comesTo: { harmless: 'data of these names' },
        async attempt(world, text) {
          world.answer = () => ({ body: Buffer.from(text) })
          return ownText(((await world.run(mapped)) as { data: unknown }).data)
        },
        seen: () => '{"__proto__":"polluted","constructor":"c"}',
      }),
      refusal<string>({
        what: 'in a path or template',
        examples: [
          '$.doc.__proto__',
          "$.doc['constructor']",
          '$..constructor',
          '{{doc["__proto__"]}}',
          '{{doc[name]}}',
        ],
        comesTo: { harmless: 'read as nothing: only what the data itself holds is read' },
        attempt: async (_world, text) =>
          compileExpression(text).evaluate({ doc: { a: 1 }, name: 'constructor' }) ?? 'nothing',
        seen: () => 'nothing',
      }),
      refusal<string>({
        what: 'in a program or a filter',
        examples: ['{{doc.constructor.name}}', '{{doc.__proto__}}', '{{constructor}}'],
        comesTo: 'expression/syntax',
        attempt: async (_world, text) => compileExpression(text).evaluate({ doc: { a: 1 } }),
      }),
      refusal<string>({
        what: 'in a filter, or as a call of a method',
        examples: ['$.rows[?(@.constructor)]', '$.rows[?(@.a.repeat(9))]', "$.rows[?(@['__proto__'])]"],
        comesTo: 'expression/evaluation',
        attempt: async (_world, text) => compileExpression(text).evaluate({ rows: [{ a: 'x' }] }),
      }),
    ],
  },
]
