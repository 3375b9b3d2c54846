import type { Fix } from '../errors/index.ts'
import { type Report, replaceText } from './findings.ts'
import { toLocation } from './source/source-file.ts'
import type { SourceEntry, SourceMap, SourceNode } from './source/source-node.ts'

/** Reads keys under the names they had in older versions of the format, and says so. */
export function renameFormerKeys(root: SourceNode, report: Report): SourceNode {
  const rename = (node: SourceNode, names: Readonly<Record<string, string>>): SourceNode => {
    if (node.kind !== 'map') return node
    return {
      ...node,
      entries: node.entries.map((entry) => {
        const current = Object.hasOwn(names, entry.name) ? names[entry.name] : undefined
        if (current === undefined || node.entries.some(({ name }) => name === current)) return entry
        report('definition/unknown-key', entry.key, `"${entry.name}" is the former name of "${current}".`, {
          severity: 'warning',
          hint: `Write \`${current}\`; newer runtimes do not read the former name.`,
          fix:
            current === 'testActions'
              ? testActionsFix(entry)
              : replaceText(`Rename to ${current}`, entry.key, current),
        })
        return {
          ...entry,
          name: current,
          value: current === 'testActions' ? idsToTestActions(entry.value) : entry.value,
        }
      }),
    }
  }

  return mapEntries(rename(root, connectorNames), (entry) => {
    if (entry.name === 'actions') return mapItems(entry.value, (action) => rename(action, actionNames))
    if (entry.name !== 'authentication') return entry.value
    return mapItems(entry.value, (item) => mapEntries(item, ({ value }) => renameInMethod(value)))
  })

  function renameInMethod(method: SourceNode): SourceNode {
    return mapEntries(rename(method, methodNames), ({ name, value }) => {
      if (name === 'refreshAuthentication') return renameInAction(value)
      return name === 'testActions' ? mapItems(value, renameInAction) : value
    })
  }

  /** Of what holds a whole action under `action`. */
  function renameInAction(holder: SourceNode): SourceNode {
    return mapEntries(holder, ({ name, value }) => (name === 'action' ? rename(value, actionNames) : value))
  }
}

const connectorNames = { operations: 'actions', context: 'resources' }
const actionNames = { operationId: 'actionId', operationType: 'actionType', context: 'resources' }
const methodNames = { testActionsIds: 'testActions' }

/** The new name, and each id as a test action; undefined where the value is no list of ids. */
function testActionsFix({ key, value }: SourceEntry): Fix | undefined {
  if (value.kind !== 'list') return undefined
  const ids = value.items.filter((item) => item.kind === 'scalar')
  const edits = ids.map((id) => {
    const text = id.file.text.slice(id.start, id.end)
    return { ...toLocation(id), text: `{ action: ${text} }` }
  })
  return {
    description: 'Rename to testActions',
    edits: [{ ...toLocation(key), text: 'testActions' }, ...edits],
  }
}

/** The former key held ids alone. */
function idsToTestActions(ids: SourceNode): SourceNode {
  return mapItems(ids, (id): SourceMap | SourceNode => {
    if (id.kind !== 'scalar') return id
    return { ...id, kind: 'map', entries: [{ key: { ...id, value: 'action' }, name: 'action', value: id }] }
  })
}

function mapItems(node: SourceNode, change: (item: SourceNode) => SourceNode): SourceNode {
  return node.kind === 'list' ? { ...node, items: node.items.map(change) } : node
}

function mapEntries(node: SourceNode, change: (entry: SourceEntry) => SourceNode): SourceNode {
  if (node.kind !== 'map') return node
  return { ...node, entries: node.entries.map((entry) => ({ ...entry, value: change(entry) })) }
}
