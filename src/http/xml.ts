import { createRequire } from 'node:module'
import type { EntityDecoderOptions, XMLParser } from 'fast-xml-parser'
import { isRecord } from './json-value.ts'

/** A text that is no XML, or a value that XML cannot hold. The message is a clause without values. */
export class XmlError extends Error {}

/** Elements within elements, read and written. */
const maxDepth = 100
// No declared entity is ever expanded: a few lines of nested ones can grow to gigabytes.
const entities: EntityDecoderOptions = {
  decode: decodeEntities,
  reset: () => {},
  setXmlVersion: () => {},
  setExternalEntities: () => {},
  addInputEntities: () => {},
}
const reading = {
  ignoreAttributes: false,
  parseTagValue: false,
  ignoreDeclaration: true,
  maxNestedTags: maxDepth,
  processEntities: true,
  entityDecoder: entities,
} as const

const load = createRequire(import.meta.url)
let kept: ReturnType<typeof create> | undefined

/** Made when the first XML comes: few connectors speak it, and every command would wait for the library. */
function tools() {
  kept ??= create()
  return kept
}

function create() {
  const { XMLBuilder, XMLParser } = load('fast-xml-parser') as typeof import('fast-xml-parser')
  return {
    plain: new XMLParser({ ...reading, attributeNamePrefix: '@_' }),
    soap: new XMLParser({ ...reading, attributeNamePrefix: '_', removeNSPrefix: true }),
    builder: new XMLBuilder({
      attributeNamePrefix: '@_',
      ignoreAttributes: false,
      suppressEmptyNode: true,
      // Else `a="true"` would be written as `a`, which is no XML.
      suppressBooleanAttributes: false,
    }),
  }
}

/**
 * XML as data: attributes as `@_name`, prefixes kept, text as strings.
 *
 * @throws {XmlError} a text that is not well-formed, declares entities, or nests too deep
 */
export function parseXml(text: string): unknown {
  return parseWith(tools().plain, text)
}

/** XML as data, the way of SOAP: attributes as `_name`, prefixes removed. @throws {XmlError} as {@link parseXml} */
export function parseSoapXml(text: string): unknown {
  return parseWith(tools().soap, text)
}

/**
 * The inverse of {@link parseXml}: an object with one key, its root element. Undefined is left out, null is empty.
 *
 * @throws {XmlError} a name that no element or attribute can have, a character XML cannot hold, or too deep a value
 */
export function buildXml(value: Readonly<Record<string, unknown>>): string {
  return tools().builder.build(checkContent(value, 0))
}

function parseWith(parser: XMLParser, text: string): unknown {
  refuseDeclarations(text)
  const parsed = attempt(() => parser.parse(text, true))
  const [root, ...others] = Object.keys(parsed ?? {})
  if (root === undefined || root === '#text' || others.length > 0 || Array.isArray(parsed?.[root]))
    throw new XmlError('it is not well-formed XML')
  return parsed
}

function attempt(parse: () => unknown): Record<string, unknown> | undefined {
  try {
    const parsed = parse()
    return isRecord(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

/** A document type may be named, but what it declares is not for us to follow. */
function refuseDeclarations(text: string): void {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  for (;;) {
    while (/\s/.test(text.charAt(at))) at += 1
    const end = text.startsWith('<?', at) ? '?>' : text.startsWith('<!--', at) ? '-->' : undefined
    if (end === undefined) break
    const next = text.indexOf(end, at + 2)
    if (next === -1) return
    at = next + end.length
  }
  if (!text.startsWith('<!DOCTYPE', at)) return
  const close = text.indexOf('>', at)
  const subset = text.indexOf('[', at)
  if (subset !== -1 && (close === -1 || subset < close)) throw new XmlError('it declares entities of its own')
}

const predefined: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** The five entities of XML and character references, once: what comes out is not decoded again. */
function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return predefined[name] ?? whole
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
      return isCharacter ? String.fromCodePoint(code) : whole
    },
  )
}

// Element and attribute names come from inputs too, and the builder writes them as they are.
const nameText = /^(?:@_)?[\p{L}_][\p{L}\p{N}_.-]*(?::[\p{L}_][\p{L}\p{N}_.-]*)?$/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const noCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/

/** A list in an attribute is its items with spaces between, as XML Schema writes one; a map has no text. */
function attributeText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => String(attributeText(item) ?? '')).join(' ')
  if (isRecord(value) && !(value instanceof Date)) throw new XmlError('an attribute of it holds a map')
  return value
}

function checkContent(value: unknown, depth: number): unknown {
  if (depth > maxDepth) throw new XmlError('it nests too deep')
  // The library writes null before its neighbours in a list.
  if (value === null) return ''
  if (Array.isArray(value)) {
    // The library would name its elements by their index.
    if (value.some(Array.isArray)) throw new XmlError('it holds a list in a list')
    return value.map((item) => checkContent(item, depth + 1))
  }
  if (value instanceof Date) return value.toISOString()
  if (isRecord(value)) {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
    for (const [name] of entries)
      if (name !== '#text' && !nameText.test(name))
        throw new XmlError('a key of it is no name of an element or attribute')
    return Object.fromEntries(
      entries.map(([name, inner]) => [
        name,
        checkContent(name.startsWith('@_') ? attributeText(inner) : inner, depth + 1),
      ]),
    )
  }
  if (typeof value === 'string' && (noCharacter.test(value) || !value.isWellFormed()))
    throw new XmlError('it holds a character that XML cannot')
  return value
}
