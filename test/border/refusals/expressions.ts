import { compileExpression } from '../../../src/expression/index.ts'
import { actionPlan, type Entrance, input, refusal, requestStep } from './refusal.ts'

const doc = actionPlan(
  requestStep('{ url: /x, method: post, args: [{ name: doc, in: body, value: "$.inputs.doc" }] }'),
  {
    inputs: `${input('doc', 'object')}${input('n', 'number')}${input('evil', 'string', ', rules: { pattern: "(a+)+$" }')}`,
  },
)
const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)
const many = Array.from({ length: 3_000 }, (_, index) => index)

export const expressions: readonly Entrance[] = [
  {
    title: 'An expression',
    about:
      'What it costs is bounded when it is read, and counted while it runs (`src/expression/limits.ts`).',
    refusals: [
      refusal<string>({
        what: 'too long, too many parts, too deep',
        examples: [
          `{{${'1 + '.repeat(30_000)}1}}`,
          `{{${'1 + '.repeat(2_500)}1}}`,
          `{{${'('.repeat(500)}1${')'.repeat(500)}}}`,
          `$${'[0]'.repeat(3_000)}`,
          `$.a[?(${'('.repeat(500)}@${')'.repeat(500)})]`,
          '${a}'.repeat(1_500),
          `$.a[?(@.match(/${'a'.repeat(300)}/))]`,
        ],
        comesTo: 'expression/limit',
        attempt: async (_world, text) => compileExpression(text).evaluate({}),
      }),
      refusal<string>({
        what: 'work that multiplies',
        examples: ['$.many[?(@root.many[?(@root.many[?(@ == 1)])])]', '{{many[.v == 1]}}'],
        comesTo: 'expression/limit',
        attempt: async (_world, text) =>
          compileExpression(text).evaluate({
            many: text.startsWith('{{') ? new Array(6_000_000).fill({ v: 0 }) : many,
          }),
      }),
      refusal<string>({
        what: 'a text that grows',
        examples: [
          '${text}'.repeat(12),
          '{{text + text + text + text + text + text + text + text + text + text + text}}',
        ],
        comesTo: 'expression/limit',
        attempt: async (_world, text) => compileExpression(text).evaluate({ text: 'x'.repeat(1_000_000) }),
      }),
      refusal<string>({
        what: 'the process and what it knows',
        examples: [
          '{{process.exit()}}',
          '{{globalThis.process}}',
          '{{require("fs")}}',
          '$.process.env',
          '{{this}}',
        ],
        comesTo: { harmless: 'read as nothing: there are no such names' },
        attempt: async (_world, text) => compileExpression(text).evaluate({}) ?? 'nothing',
        seen: () => 'nothing',
      }),
      refusal<string>({
        what: 'code',
        examples: ['{{constructor.constructor("return 1")()}}', '{{(() => 1)()}}', '{{`a`}}', '{{a = 1}}'],
        comesTo: 'expression/syntax',
        attempt: async (_world, text) => compileExpression(text).evaluate({}),
      }),
    ],
  },
  {
    title: 'The size and kind of inputs',
    about: 'Before anything is sent.',
    refusals: [
      refusal<number>({
        what: 'nesting that no stack bears, of so many levels',
        examples: [501, 200_000],
        comesTo: 'input/invalid',
        attempt: (world, levels) => world.run(doc, { inputs: { doc: { a: nested(levels) } } }),
      }),
      refusal<number>({
        what: 'a number that is none',
        examples: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
        comesTo: 'input/invalid',
        attempt: (world, n) => world.run(doc, { inputs: { n } }),
      }),
      refusal<number>({
        what: 'the same within an object, where JSON would write null',
        examples: [Number.NaN, Number.POSITIVE_INFINITY],
        comesTo: 'input/invalid',
        attempt: (world, n) => world.run(doc, { inputs: { doc: { a: [n] } } }),
      }),
      refusal<string>({
        what: 'a text that a pattern would be searched in for ever: `(a+)+$`',
        examples: [`${'a'.repeat(50_000)}!`],
        comesTo: 'input/invalid',
        attempt: (world, evil) => world.run(doc, { inputs: { evil } }),
      }),
      refusal<string>({
        what: 'an integer beyond 2⁵³',
        examples: ['9007199254740993', '-123456789012345678901234567890'],
        comesTo: { harmless: 'sent as the same number, with all its digits' },
        async attempt(world, digits) {
          await world.run(doc, { inputs: { doc: { id: BigInt(digits) } } })
          return world.sent[0]?.body
        },
        seen: (digits) => `{"doc":{"id":${digits}}}`,
      }),
    ],
  },
]
