import { nearestName } from '../../errors/index.ts'
import type { Report } from '../findings.ts'
import type { SourceEntry, SourceList, SourceMap, SourceNode } from '../source/source-node.ts'

/** Gives the partials of a connector to the resolver. */
export interface Partials {
  /** The parsed content; undefined where the file does not exist; null where it is reported as unreadable. */
  read(name: string): SourceNode | null | undefined
  /** Names of the partials there are, for suggestions. */
  names(): readonly string[]
}

/** What stands in place of a reference that leads nowhere; the reason is reported. */
type Resolved = SourceNode | undefined

interface Followed {
  readonly entry: SourceEntry
  readonly content: SourceNode
}

/**
 * Puts the content of partials where `$ref` names them: under `actions:` (one or more), at the top level, as items of
 * a list, and within partials. Each part keeps the place it was written at. A reference that cannot be followed is
 * reported, and what holds it is marked incomplete.
 *
 * @param maxItems - of all lists that references bring
 */
export function resolveReferences(
  root: SourceNode,
  partials: Partials,
  report: Report,
  maxItems: number,
): Resolved {
  let itemsLeft = maxItems
  /** Items of a partial, put into a list: partials that refer to partials could otherwise multiply without end. */
  const take = (list: SourceList): readonly SourceNode[] => {
    const isFirst = itemsLeft >= 0
    itemsLeft -= list.items.length
    if (itemsLeft >= 0) return list.items
    if (isFirst)
      report('definition/too-large', firstOf(list), `References bring more than ${maxItems} items.`)
    return []
  }

  const resolved = new Map<string, Resolved>()
  const trail: { name: string; entry: SourceEntry }[] = []

  const resolve = (node: SourceNode, under?: string): Resolved => {
    if (node.kind === 'list') return resolveList(node)
    if (node.kind === 'map') return resolveMap(node, under)
    return node
  }

  const resolveMap = (map: SourceMap, under: string | undefined): Resolved => {
    const references = map.entries.filter(isReference)
    if (references.length === 0) return resolveEntries(map)
    if (references.length < map.entries.length) return mergeIntoMap(map)
    return replaceMap(map, references, under)
  }

  const resolveEntries = (map: SourceMap): SourceMap => {
    const entries: SourceEntry[] = []
    let isSame = true
    for (const entry of map.entries) {
      const value = resolve(entry.value, entry.name)
      isSame &&= value === entry.value
      if (value !== undefined) entries.push(value === entry.value ? entry : { ...entry, value })
    }
    // Most of a definition holds no reference, and need not be copied.
    if (isSame) return map
    const incomplete = map.incomplete === true || entries.length < map.entries.length
    return { ...map, entries, ...(incomplete ? { incomplete } : {}) }
  }

  /** Keys beside `$ref`: the partial must bring further keys. */
  const mergeIntoMap = (map: SourceMap): SourceMap => {
    const entries: SourceEntry[] = []
    let incomplete = map.incomplete === true
    const add = (entry: SourceEntry): void => {
      const first = entries.find(({ name }) => name === entry.name)
      if (first === undefined) entries.push(entry)
      else reportDuplicate(entry, first)
    }
    for (const entry of map.entries) {
      if (!isReference(entry)) {
        const value = resolve(entry.value, entry.name)
        if (value === undefined) incomplete = true
        else add({ ...entry, value })
        continue
      }
      const content = follow(entry)
      if (content?.kind === 'map') content.entries.forEach(add)
      if (content?.kind !== 'map' || content.incomplete) incomplete = true
      if (content !== undefined && content.kind !== 'map') {
        report(
          'definition/reference-invalid',
          entry.value,
          `The partial "${nameOf(entry)}" is no map, so it cannot stand beside other keys.`,
          {
            hint: 'Put the `$ref` under `actions:`, or let the partial start with `actions:`.',
            related: [{ message: 'The partial starts here.', at: firstOf(content) }],
          },
        )
      }
    }
    return { ...map, entries, ...(incomplete ? { incomplete } : {}) }
  }

  /** Nothing but `$ref`: the content of the partials takes the place of the map. */
  const replaceMap = (
    map: SourceMap,
    references: readonly SourceEntry[],
    under: string | undefined,
  ): Resolved => {
    const parts = references.flatMap((entry) => {
      const content = follow(entry)
      return content === undefined ? [] : [{ entry, content: unwrap(content, entry, under) }]
    })
    const [first] = parts
    if (first === undefined) return undefined
    const fitting = parts.filter(
      (part) => part.content.kind === first.content.kind || reportMixture(part, first),
    )
    if (first.content.kind === 'list') {
      return {
        ...map,
        kind: 'list',
        items: fitting.flatMap(({ content }) => (content.kind === 'list' ? take(content) : [])),
      }
    }
    if (fitting.length === 1 || first.content.kind === 'scalar') return first.content
    return mergeMaps(map, fitting)
  }

  const mergeMaps = (map: SourceMap, parts: readonly Followed[]): SourceMap => {
    const entries: SourceEntry[] = []
    for (const entry of parts.flatMap(({ content }) => (content.kind === 'map' ? content.entries : []))) {
      const first = entries.find(({ name }) => name === entry.name)
      if (first === undefined) entries.push(entry)
      else reportDuplicate(entry, first)
    }
    return { ...map, entries }
  }

  const resolveList = (list: SourceList): SourceList => {
    const resolvedItems = list.items.map((item) => resolve(item))
    if (resolvedItems.every((content, index) => content === list.items[index])) return list
    const items = list.items.flatMap((item, index): readonly SourceNode[] => {
      const content = resolvedItems[index]
      if (content === undefined) return []
      const isReferences = item.kind === 'map' && item.entries.length > 0 && item.entries.every(isReference)
      return isReferences && content.kind === 'list' ? take(content) : [content]
    })
    return { ...list, items }
  }

  /** A partial for the top level, used under `actions:`: its list is what was meant. */
  const unwrap = (content: SourceNode, entry: SourceEntry, under: string | undefined): SourceNode => {
    if (under !== 'actions' && under !== 'operations') return content
    const only = content.kind === 'map' && content.entries.length === 1 ? content.entries[0] : undefined
    if (only?.value.kind !== 'list' || (only.name !== 'actions' && only.name !== 'operations')) return content
    report(
      'definition/reference-invalid',
      only.key,
      `The partial is referred to under \`${under}:\`, so it must be a list without \`${only.name}:\`.`,
      {
        severity: 'warning',
        hint: `Remove the line \`${only.name}:\`; the original runtime fails on it.`,
        related: [{ message: 'Referred to here.', at: entry.value }],
      },
    )
    return only.value
  }

  const follow = (entry: SourceEntry): Resolved => {
    const name = entry.value.kind === 'scalar' ? entry.value.value : undefined
    if (typeof name !== 'string' || !partialName.test(name)) {
      report(
        'definition/reference-invalid',
        entry.value.start === entry.value.end ? entry.key : entry.value,
        invalidNameMessage(name),
      )
      return undefined
    }
    const round = trail.findIndex((step) => step.name === name)
    if (round !== -1) {
      report(
        'definition/reference-cycle',
        entry.value,
        `The partial "${name}" refers to itself: ${[...trail.slice(round).map((step) => step.name), name].join(' → ')}.`,
        {
          related: trail
            .slice(round)
            .map((step) => ({ message: `"${step.name}" is referred to here.`, at: step.entry.value })),
        },
      )
      return undefined
    }
    if (resolved.has(name)) return resolved.get(name)
    const content = partials.read(name)
    if (content === undefined) {
      const meant = nearestName(name, partials.names())
      report('definition/reference-missing', entry.value, `There is no file "${name}.s1.partial.yaml".`, {
        hint: meant === undefined ? undefined : `Did you mean "${meant}"?`,
      })
    }
    trail.push({ name, entry })
    const result = content ? resolve(content) : undefined
    trail.pop()
    resolved.set(name, result)
    return result
  }

  const reportDuplicate = (entry: SourceEntry, first: SourceEntry): void =>
    report(
      'definition/duplicate-key',
      entry.key,
      `The key "${entry.name}" stands twice once the references are resolved.`,
      {
        related: [{ message: 'First written here.', at: first.key }],
      },
    )

  const reportMixture = (part: Followed, first: Followed): false => {
    report(
      'definition/reference-invalid',
      part.entry.value,
      `The partial "${nameOf(part.entry)}" is a ${part.content.kind}, and "${nameOf(first.entry)}" is a ${first.content.kind}.`,
      {
        hint: 'Partials that stand side by side must be of one kind: lists of actions.',
        related: [{ message: 'The other one.', at: first.entry.value }],
      },
    )
    return false
  }

  return resolve(root)
}

const partialName = /^[\w-]+(\.[\w-]+)+$/

function isReference({ name }: SourceEntry): boolean {
  return name === '$ref'
}

function nameOf({ value }: SourceEntry): string {
  return value.kind === 'scalar' ? String(value.value) : ''
}

function firstOf(node: SourceNode): SourceNode {
  if (node.kind === 'list') return node.items[0] ?? node
  return node
}

function invalidNameMessage(name: unknown): string {
  if (typeof name !== 'string' || name === '') return '`$ref` needs the name of a partial.'
  if (/[/\\]|^\.|\.\./.test(name))
    return `"${name}" leads out of the folder: a reference names a partial beside the connector file.`
  return `"${name}" is not the name of a partial.`
}
