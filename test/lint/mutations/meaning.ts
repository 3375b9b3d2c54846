import { parseDefinition, type SourceNode } from '../../../src/definition/index.ts'
import type { LintSource } from '../../../src/lint/lint-source.ts'

/** Texts for people, and what the format calls informative: another word in them is no other connector. */
const prose = new Set([
  'schema',
  'entrypointUrl',
  'entrypointHttpMethod',
  'title',
  'label',
  'description',
  'details',
  'tooltip',
  'placeholder',
  'text',
  'warning',
  'note',
  'source',
  'errorMessage',
  'resources',
  'icon',
  'link',
  'support',
  'documentation',
  'guide',
  'assets',
  'exampleDescription',
])

/** Lists in which the order says nothing. */
const sets = new Set([
  'inputs',
  'actions',
  'args',
  'fieldConfigs',
  'fields',
  'categories',
  'tags',
  'values',
  'properties',
  'configFields',
  'setupFields',
  'environments',
  'headers',
  'query',
  'testActions',
  'requires',
  'authentication',
])

/** What the loader does with the key where it is not there. */
const defaults: Readonly<Record<string, unknown>> = {
  required: false,
  secret: false,
  array: false,
  collection: false,
  custom: false,
  hidden: false,
}

/**
 * What a connector does, as one text: two definitions that mean the same have the same one. Undefined where it cannot
 * be read at all.
 */
export function meaningOf(source: LintSource): string | undefined {
  const { tree, diagnostics } = parseDefinition(source)
  if (tree === null || diagnostics.some(({ code }) => code === 'definition/syntax')) return undefined
  return JSON.stringify(plain(tree, ''))
}

function plain(node: SourceNode, under: string): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') {
    const items = node.items.map((item) => plain(item, ''))
    return sets.has(under)
      ? items.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
      : items
  }
  const entries = node.entries
    .filter(
      ({ name, value }) =>
        !prose.has(name) &&
        !(Object.hasOwn(defaults, name) && value.kind === 'scalar' && value.value === defaults[name]),
    )
    .map(({ name, value }) => [name, plain(value, name)] as const)
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
