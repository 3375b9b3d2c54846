import type { Code, CodeKeywordDefinition, KeywordCxt, Name } from 'ajv'

/** Ajv's mark for code; handed in, since ajv is loaded by those alone who compile a schema. */
type CodeMark = typeof import('ajv')._

/**
 * The keywords of ours, as ajv takes them. They are given as code, not as functions, so that what ajv makes of the
 * schema can be written to a file when the package is built.
 */
export function formatKeywords(_: CodeMark): readonly CodeKeywordDefinition[] {
  return [
    {
      keyword: 'x-recommended',
      type: 'object',
      schemaType: 'array',
      error: { message: 'has to be there', params: ({ params }) => _`{missingProperty: ${params['key']}}` },
      code(cxt: KeywordCxt) {
        for (const key of cxt.schema as readonly string[])
          cxt.gen.if(_`!Object.hasOwn(${cxt.data}, ${key})`, () => fail(cxt, { key: _`${key}` }))
      },
    },
    {
      keyword: 'x-known',
      type: 'string',
      schemaType: 'array',
      error: { message: 'is not known', params: ({ schemaCode }) => _`{allowedValues: ${schemaCode}}` },
      code(cxt: KeywordCxt) {
        cxt.gen.if(_`!${cxt.schemaCode}.includes(${cxt.data})`, () => fail(cxt, {}))
      },
    },
    ofKeys(_, 'x-exactlyOne', (present) => _`${present}.length !== 1`),
    ofKeys(_, 'x-atMostOne', (present) => _`${present}.length > 1`),
  ]
}

/** Some of these keys, in a number that is wrong. */
function ofKeys(_: CodeMark, keyword: string, isWrong: (present: Name) => Code): CodeKeywordDefinition {
  return {
    keyword,
    type: 'object',
    schemaType: 'array',
    error: {
      message: 'wrong number of keys',
      params: ({ params, schemaCode }) => _`{keys: ${schemaCode}, present: ${params['present']}}`,
    },
    code(cxt: KeywordCxt) {
      const { gen, data, schemaCode } = cxt
      const present = gen.const('present', _`${schemaCode}.filter((key) => Object.hasOwn(${data}, key))`)
      gen.if(isWrong(present), () => fail(cxt, { present }))
    },
  }
}

function fail(cxt: KeywordCxt, params: Readonly<Record<string, Code>>): void {
  cxt.setParams(params)
  cxt.error(true)
}
