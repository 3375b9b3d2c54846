import type { SourceMap, SourceNode, SourceScalar } from '../../definition/index.ts'
import type { ActionView, CallView } from './connector-view.ts'
import { asScalar, mapsOf, memberOf, textOf } from './read-tree.ts'

/** One field of a mapping: of `fieldConfigs`, or of the `fields` of a step. */
export interface MappingView {
  readonly map: SourceMap
  readonly target: string
  readonly targetNode: SourceNode
  readonly type: string | undefined
  readonly expression: SourceScalar | undefined
  readonly siblings: readonly SourceMap[]
  readonly action: ActionView
  /** The step function it stands in; undefined for `fieldConfigs` of the action. */
  readonly call: CallView | undefined
  readonly nested: boolean
}

/** Every field of every mapping of an action. */
export function mappingsOf(action: ActionView): readonly MappingView[] {
  const found: MappingView[] = []
  const add = (list: SourceNode | undefined, call: CallView | undefined, nested: boolean): void => {
    const siblings = mapsOf(list)
    for (const map of siblings) {
      const targetNode = memberOf(map, 'targetFieldKey')
      found.push({
        map,
        target: textOf(targetNode) ?? '',
        targetNode: targetNode ?? map,
        type: textOf(memberOf(map, 'type')),
        expression: asScalar(memberOf(map, 'expression')),
        siblings,
        action,
        call,
        nested,
      })
      add(memberOf(map, 'properties'), call, true)
    }
  }
  add(memberOf(action.map, 'fieldConfigs'), undefined, false)
  for (const step of action.steps) {
    for (const call of step.calls) {
      if (call.functionName === 'map_fields' || call.functionName === 'typecast')
        add(memberOf(call.parameters, 'fields'), call, false)
    }
  }
  return found
}
