import type { ErrorCodeIn } from '../errors/index.ts'
import type { Report } from './findings.ts'
import type { DefinitionPath, SourceNode } from './source/source-node.ts'

/** Actions, and steps within one action, are told apart by their ids. */
export function checkDuplicates(tree: SourceNode, report: Report): void {
  const actions = member(tree, 'actions')
  checkIds(actions, 'actionId', ['actions'], 'definition/duplicate-action', 'action', report)
  forItems(actions, (action, index) => checkSteps(action, ['actions', index], report))
  forItems(member(tree, 'authentication'), (entry, index) => {
    if (entry.kind !== 'map') return
    for (const { name, value } of entry.entries) {
      const path = ['authentication', index, name]
      const refresh = member(member(value, 'refreshAuthentication'), 'action')
      if (refresh) checkSteps(refresh, [...path, 'refreshAuthentication', 'action'], report)
      forItems(member(value, 'testActions'), (test, position) => {
        const action = member(test, 'action')
        if (action) checkSteps(action, [...path, 'testActions', position, 'action'], report)
      })
    }
  })
}

function checkSteps(action: SourceNode, path: DefinitionPath, report: Report): void {
  checkIds(member(action, 'steps'), 'stepId', [...path, 'steps'], 'definition/duplicate-step', 'step', report)
}

function checkIds(
  list: SourceNode | undefined,
  key: string,
  path: DefinitionPath,
  code: ErrorCodeIn<'definition'>,
  thing: string,
  report: Report,
): void {
  const seen = new Map<unknown, SourceNode>()
  forItems(list, (item, index) => {
    const id = member(item, key)
    if (id?.kind !== 'scalar' || id.value === null) return
    const first = seen.get(id.value)
    if (first === undefined) seen.set(id.value, id)
    else {
      report(code, id, `The ${thing} id "${String(id.value)}" is already taken.`, {
        path: [...path, index, key],
        related: [{ message: 'First used here.', at: first }],
      })
    }
  })
}

function forItems(list: SourceNode | undefined, visit: (item: SourceNode, index: number) => void): void {
  if (list?.kind === 'list') list.items.forEach(visit)
}

function member(node: SourceNode | undefined, name: string): SourceNode | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.name === name)?.value : undefined
}
