import { isRecord } from '../../http/index.ts'
import { prose } from '../components/prose.ts'
import { type Html, html } from '../markup/index.ts'

type Schema = Readonly<Record<string, unknown>>

interface Member {
  readonly path: string
  readonly type: string
  readonly description: string
}

/** Deeper members are left to the schema: a table of them would say less than their parent does. */
const maxDepth = 3

/** What an action gives, as far as its definition tells. */
export function resultView(schema: Schema | undefined, label: string): Html {
  if (schema === undefined) return html`<p class="faint">The definition does not say what comes back.</p>`
  const members = membersOf(isRecord(schema['items']) ? schema['items'] : schema, '', 1)
  return html`<p>${sentenceOf(schema)}</p>${
    members.length > 0 &&
    html`<div class="table-scroll" tabindex="0" role="group" aria-label="${label}"><table class="inputs"><thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">About</th></tr></thead><tbody>${members.map(
      ({ path, type, description }) =>
        html`<tr><td><code>${path}</code></td><td class="soft">${type}</td><td>${prose(description)}</td></tr>`,
    )}</tbody></table></div>`
  }`
}

function sentenceOf(schema: Schema): string {
  const type = typeOf(schema)
  const described = schema['description']
  const about = typeof described === 'string' ? ` ${described}` : ''
  if (type === 'object') return `One record.${about}`
  if (type === 'list of object') return `A list of records.${about}`
  return `${type[0]?.toUpperCase() ?? ''}${type.slice(1)}.${about}`
}

function membersOf(schema: Schema, within: string, depth: number): readonly Member[] {
  if (depth > maxDepth || !isRecord(schema['properties'])) return []
  return Object.entries(schema['properties']).flatMap(([name, property]) => {
    if (!isRecord(property)) return []
    const { description, items } = property
    const path = `${within}${name}`
    const inner = isRecord(items) ? membersOf(items, `${path}[].`, depth + 1) : []
    return [
      { path, type: typeOf(property), description: typeof description === 'string' ? description : '' },
      ...(inner.length > 0 ? inner : membersOf(property, `${path}.`, depth + 1)),
    ]
  })
}

function typeOf(schema: Schema): string {
  const alternatives = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(alternatives))
    return [...new Set(alternatives.filter(isRecord).map(typeOf))].join(' or ') || 'anything'
  const names = [schema['type']].flat().filter((name) => typeof name === 'string')
  if (names.length === 0) return 'anything'
  return names.map((name) => (name === 'array' ? listType(schema['items']) : name)).join(' or ')
}

function listType(items: unknown): string {
  const of = isRecord(items) ? typeOf(items) : 'anything'
  return of === 'anything' ? 'list' : `list of ${of}`
}
