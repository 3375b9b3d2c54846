import { type Report, replaceText } from './findings.ts'
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
            entry.name === 'testActionsIds'
              ? undefined
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
    return mapEntries(rename(method, methodNames), (entry) =>
      entry.name === 'refreshAuthentication'
        ? mapEntries(entry.value, (member) =>
            member.name === 'action' ? rename(member.value, actionNames) : member.value,
          )
        : entry.value,
    )
  }
}

const connectorNames = { operations: 'actions', context: 'resources' }
const actionNames = { operationId: 'actionId', operationType: 'actionType', context: 'resources' }
const methodNames = { testActionsIds: 'testActions' }

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
