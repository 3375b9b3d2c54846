import { XMLParser } from 'fast-xml-parser'

/** One element, its name and attributes resolved against the namespaces in scope. */
export interface XmlElement {
  readonly name: string
  readonly namespace: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  htmlEntities: false,
})

type Parsed = Readonly<Record<string, unknown>>

/** The root element of a message; undefined for what is no well-formed XML, or declares a document type. */
export function parseMessage(text: string): XmlElement | undefined {
  if (text.includes('<!DOCTYPE')) return undefined
  try {
    const parsed = parser.parse(text, true) as Parsed[]
    const [root] = elementsOf(parsed, new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]))
    return root
  } catch {
    return undefined
  }
}

function elementsOf(nodes: readonly Parsed[], scope: ReadonlyMap<string, string>): XmlElement[] {
  return nodes.flatMap((node) => {
    const entry = Object.entries(node).find(([key]) => key !== ':@' && key !== '#text')
    if (entry === undefined) return []
    const [qualified, inner] = entry as [string, Parsed[]]
    const given = (node[':@'] ?? {}) as Record<string, string>
    const own = new Map(scope)
    for (const [name, value] of Object.entries(given)) {
      if (name === 'xmlns') own.set('', value)
      else if (name.startsWith('xmlns:')) own.set(name.slice(6), value)
    }
    const [prefix, name] = split(qualified)
    const attributes = Object.fromEntries(
      Object.entries(given)
        .filter(([attribute]) => !attribute.startsWith('xmlns'))
        .map(([attribute, value]) => [split(attribute)[1], value]),
    )
    const text = inner.map((child) => String(child['#text'] ?? '')).join('')
    return [{ name, namespace: own.get(prefix) ?? '', attributes, children: elementsOf(inner, own), text }]
  })
}

function split(qualified: string): [string, string] {
  const colon = qualified.indexOf(':')
  return colon === -1 ? ['', qualified] : [qualified.slice(0, colon), qualified.slice(colon + 1)]
}

/** The element at the end of a path of names below this one. */
export function childAt(
  element: XmlElement | undefined,
  ...names: readonly string[]
): XmlElement | undefined {
  let found = element
  for (const name of names) found = found?.children.find((child) => child.name === name)
  return found
}

/** Data to write: an object's keys are elements, `_key` attributes, `#` the text; a list is an element again and again. */
export type XmlData =
  | string
  | number
  | boolean
  | readonly XmlData[]
  | { readonly [key: string]: XmlData | undefined }

/** Elements in Workday's namespace. */
export function writeElements(data: { readonly [key: string]: XmlData | undefined }): string {
  return Object.entries(data)
    .flatMap(([name, value]) =>
      value === undefined
        ? []
        : Array.isArray(value)
          ? value.map((one) => element(name, one))
          : [element(name, value as XmlData)],
    )
    .join('')
}

function element(name: string, value: XmlData): string {
  if (typeof value !== 'object') return `<wd:${name}>${escapeText(String(value))}</wd:${name}>`
  const content = value as { readonly [key: string]: XmlData | undefined }
  const attributes = Object.entries(content)
    .filter(([key]) => key.startsWith('_'))
    .map(([key, text]) => ` wd:${key.slice(1)}="${escapeText(String(text))}"`)
  const inner = Object.entries(content).filter(([key]) => !key.startsWith('_') && key !== '#')
  const text = content['#'] === undefined ? '' : escapeText(String(content['#']))
  return `<wd:${name}${attributes.join('')}>${text}${writeElements(Object.fromEntries(inner))}</wd:${name}>`
}

export function envelope(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Body>${content}</env:Body></env:Envelope>`
}

export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
