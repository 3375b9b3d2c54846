import { XMLBuilder, XMLParser } from 'fast-xml-parser'

const shared = { attributeNamePrefix: '@_', ignoreAttributes: false } as const
// Entities are not expanded: a few lines of nested entities can grow to gigabytes.
const parser = new XMLParser({
  ...shared,
  processEntities: false,
  parseTagValue: false,
  ignoreDeclaration: true,
})
const builder = new XMLBuilder({ ...shared, suppressEmptyNode: true })

/** XML as data: attributes as `@_name`, prefixes kept, text as strings. @throws where it is not well-formed */
export function parseXml(text: string): unknown {
  return parser.parse(text, true)
}

/** The inverse of {@link parseXml}: an object with one key, its root element. */
export function buildXml(value: Readonly<Record<string, unknown>>): string {
  return builder.build(value)
}
