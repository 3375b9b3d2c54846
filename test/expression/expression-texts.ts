import fc from 'fast-check'

/** Texts out of the pieces that the language is made of, mostly wrong and sometimes right. */
const pieces = fc.constantFrom(
  ...[
    '$',
    '$.',
    '.',
    '..',
    '[',
    ']',
    '(',
    ')',
    '{',
    '}',
    '{{',
    '}}',
    '${',
    '*',
    '?',
    '?(',
    ':',
    ',',
    '|',
    '!',
  ],
  ...[
    '==',
    '!=',
    '<',
    '>=',
    '&&',
    '||',
    '??',
    '+',
    '-',
    '/',
    '//',
    '%',
    '^',
    '~',
    '@',
    '@.',
    "'",
    '"',
    '`',
    '\\',
  ],
  ...[
    'a',
    'b',
    'rows',
    'id',
    'in',
    'true',
    'null',
    'length',
    'constructor',
    '0',
    '1',
    '-1',
    '1.5',
    ' ',
    '\n',
  ],
  ...[
    'rows[*].id',
    '[?(@.id > 1)]',
    '[.id == 1]',
    "['a']",
    'present(a)',
    'keys(a)',
    '@string()',
    '^',
    '[1:]',
    'é',
  ],
)
const scribble = fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join(''))
const program = scribble.map((inside) => `{{${inside}}}`)
const path = scribble.map((inside) => `$${inside}`)
const template = scribble.map((inside) => `x\${${inside}}y`)
/** Expressions of every kind, mostly wrong. */
export const expressionTexts = fc.oneof(
  scribble,
  program,
  path,
  template,
  fc.string(),
  fc.string().map((inside) => `{{${inside}}}`),
)
/** What they may be evaluated over. */
export const expressionContexts = fc.oneof(
  fc.jsonValue(),
  fc.record({ a: fc.jsonValue(), b: fc.jsonValue(), rows: fc.array(fc.record({ id: fc.jsonValue() })) }),
)
