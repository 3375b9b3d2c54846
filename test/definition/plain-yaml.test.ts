import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { stringify } from 'yaml'
import { largeDefinition } from '../../bench/large-definition.ts'
import { createFindings } from '../../src/definition/findings.ts'
import { buildTree } from '../../src/definition/source/build-tree.ts'
import { parseYaml } from '../../src/definition/source/parse-yaml.ts'
import { readPlainYaml } from '../../src/definition/source/read-plain-yaml.ts'
import type { SourceNode } from '../../src/definition/source/source-node.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const corpus = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url))

/** The tree of the general parser, undefined with any finding. */
function generalTree(text: string): SourceNode | undefined {
  const file = { name: 'x.yaml', text }
  const { diagnostics, report } = createFindings()
  const document = parseYaml(file, { remaining: 1e7 }, report)
  const tree = document && buildTree(document, file, 100, report)
  return diagnostics.length === 0 ? tree : undefined
}

/**
 * Everything of a tree but the file, one line a node. The end of a block is left out: the general parser counts a comment
 * behind its last value in, and nothing asks for it.
 */
function outline(node: SourceNode | undefined, path = ''): string[] {
  if (node === undefined) return ['none']
  const isBlock = node.kind !== 'scalar' && !/[[{]/.test(node.file.text[node.start] ?? '')
  const at = `${path} ${node.kind} ${node.start}-${isBlock ? '' : node.end}`
  if (node.kind === 'scalar') return [`${at} ${node.style} ${typeof node.value} ${String(node.value)}`]
  if (node.kind === 'list')
    return [at, ...node.items.flatMap((item, index) => outline(item, `${path}/${index}`))]
  return [
    at,
    ...node.entries.flatMap(({ key, name, value }) => [
      ...outline(key, `${path}/${name}#key`),
      ...outline(value, `${path}/${name}`),
    ]),
  ]
}

/** Both parsers agree, or the fast one leaves it to the other. */
function agree(text: string): boolean {
  const plain = readPlainYaml({ name: 'x.yaml', text }, 100)
  if (plain === undefined) return false
  expect(outline(plain.tree)).toEqual(outline(generalTree(text)))
  return true
}

test.each([
  [
    'maps and lists',
    'a:\n  b: 1\n  c:\n    - x\n    - y: 2\n      z: 3\n    -   - 1\n        - 2\nd:\n- e\n- f\n',
  ],
  ['empty values', 'a:  \nb:\n  c:\n  d: # comment\ne:\n  -\n  - x\n  - # y\nf:'],
  ['comments', '# head\na: 1 # one\n# between\n\nb: # two\n  # under\n  c: x#y\n  # end\n# end\n'],
  ['quotes', 'a: \'it\'\'s: # fine\'\nb: "say \\"x\\" \\n \\u00e9 \\\\"\n\'c d\': "e" # f\n"g": h\n'],
  [
    'numbers and words',
    'a: 1\nb: 1.0.0\nc: 1.5e3\nd: 0x1F\ne: -7\nf: ~\ng: null\nh: True\ni: no\nj: .5\nk: .inf\nl: 007\nm: 12e\nn: -\n'.replace(
      'n: -\n',
      '',
    ),
  ],
  ['literal blocks', 'a: |\n  one\n    two\n\n  three\nb: |-\n  x # y\nc: 1\n'],
  ['folded blocks', 'a: >\n  one\n  two\n\n  three\n\n\n  four\nb: >-\n  x\n  y\nc: 1\n'],
  ['a block at the end without line break', 'a: |\n  one'],
  [
    'brackets',
    'a: [1, two, "three", { b: 4, c: [5] }]\nd: {}\ne: []\nf: { g: h: }'
      .replace(', f: { g: h: }', '')
      .replace('\nf: { g: h: }', ''),
  ],
  [
    'addresses and expressions',
    "a: https://x.test/y?z=1#w\nb: $.inputs.x\nc: '{{present(inputs.a)}}'\nd: ${a}/b\n",
  ],
  [
    'lists of maps under their key',
    'actions:\n- actionId: a\n  steps:\n  - stepId: b\n    x: 1\n- actionId: c\n',
  ],
  ['repeated references', 'actions:\n  $ref: a.b\n  $ref: a.c\n'],
  ['values on the next line', 'a:\n  text\nb:\n  - "quoted"\nc:\n    [1, 2]\n'],
  ['wide characters', 'a: é😀 x\nb: "😀"\nc: |\n  😀\nd: 1\n'],
])('%s are read as the general parser reads them', (_, text) => {
  expect(agree(text)).toBe(true)
})

test.each([
  ['anchors and aliases', 'a: &x 1\nb: *x\n'],
  ['tags', 'a: !!str 1\n'],
  ['texts over several lines', 'a: one\n  two\nb: "x\n  y"\n'],
  ['keys that stand twice', 'a: 1\na: 2\n'],
  ['a colon within a text', 'a: b: c\n'],
  ['a dash behind a key', 'a: - b\n'],
  ['wrong indentation', 'a:\n    b: 1\n  c: 2\n'],
  ['tabs', 'a:\tb\n'],
  ['merge keys', '<<: { a: 1 }\n'],
  ['a second document', 'a: 1\n---\nb: 2\n'],
  ['an open quote', "a: 'b\n"],
  ['an open bracket', 'a: [1, 2\n'],
  ['a bad escape', 'a: "\\q"\n'],
  ['a reserved character', 'a: @b\nc: `d\n'],
  ['block headers with digits', 'a: |2\n   x\n'],
  ['folded lines that stand further right', 'a: >\n  one\n    two\n'],
  ['text behind a quote', 'a: "b" c\n'],
])('%s are left to the general parser', (_, text) => {
  expect(readPlainYaml({ name: 'x.yaml', text }, 100)).toBeUndefined()
})

test('depth is limited', () => {
  const deep = Array.from({ length: 120 }, (_, level) => `${' '.repeat(level)}a:\n`).join('')
  expect(readPlainYaml({ name: 'x.yaml', text: deep }, 100)).toBeUndefined()
  expect(readPlainYaml({ name: 'x.yaml', text: `a: ${'['.repeat(120)}` }, 100)).toBeUndefined()
})

test('every definition of the repository and the corpus is read alike, almost all of them at once', () => {
  const files = [
    ...globSync('{connectors,bench,test}/**/*.s1*.yaml', { cwd: root }).map((file) => `${root}${file}`),
    ...(existsSync(corpus) ? globSync('**/*.yaml', { cwd: corpus }).map((file) => `${corpus}${file}`) : []),
  ]
  const texts = [...files.map((file) => readFileSync(file, 'utf8')), largeDefinition(12)]
  const plain = texts.filter(agree)
  expect(plain.length / texts.length).toBeGreaterThan(0.6)
})

test('whatever the library writes is read as the library reads it', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'a: b',
      '- x',
      '#',
      'x #y',
      "it's",
      '"',
      '{{a}}',
      '${b}',
      '$.c',
      '1',
      'true',
      '~',
      ' lead',
      'two\nlines',
      '',
    ),
  )
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.integer(),
      fc.double({ noNaN: true }),
      fc.boolean(),
      fc.constant(null),
      tie('list'),
      tie('map'),
    ),
    list: fc.array(tie('value'), { maxLength: 4 }),
    map: fc.dictionary(fc.string({ minLength: 1 }), tie('value'), { maxKeys: 4 }),
  }))
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), value, { minKeys: 1, maxKeys: 4 }), (data) => {
      agree(stringify(data))
    }),
    { numRuns: 300 },
  )
})

test('a text with random damage is read alike or left to the general parser', () => {
  const text = largeDefinition(1)
  const pieces = [
    ' ',
    '\n',
    ':',
    '-',
    '#',
    '"',
    "'",
    '  ',
    '[',
    '{',
    '}',
    ',',
    '|',
    '>',
    '&',
    '*',
    ': ',
    '- ',
    'x',
    '\n  ',
  ]
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(text.length), fc.nat(3), fc.constantFrom(...pieces)), {
        minLength: 1,
        maxLength: 3,
      }),
      (damages) => {
        agree(
          damages.reduce(
            (now, [at, cut, piece]) => now.slice(0, at) + piece + now.slice(Math.min(at + cut, now.length)),
            text,
          ),
        )
      },
    ),
    { numRuns: 400 },
  )
})
