import { isRecord } from '../../../http/index.ts'
import {
  ability,
  behaviour,
  changeText,
  container,
  judged,
  limit,
  promise,
  type Rule,
  type Rules,
  scopes,
  type Verdict,
  wording,
} from '../rule.ts'

/** A preview is refused unless it is asked for. */
const stage: Rule = {
  added: (value) => stageChange(undefined, value),
  removed: (value) => stageChange(value, undefined),
  changed: stageChange,
}

function stageChange(before: unknown, after: unknown): Verdict {
  const says = changeText(before ?? 'stable', after ?? 'stable')
  if (after === 'preview') return { class: 'breaking', says, code: 'stage-to-preview' }
  if (before === 'preview') return { class: 'feature', says, code: 'stage-from-preview' }
  return { class: 'fix', says, code: 'stage-changed' }
}

/** The keys of a result are what callers read; how each is made is not. */
const result: Rule = {
  added: () => ({ class: 'feature', says: 'is new', code: 'result-added' }),
  removed: () => ({ class: 'breaking', says: 'is gone', code: 'result-removed' }),
  changed(before, after) {
    if (isRecord(before) !== isRecord(after))
      return { class: 'breaking', says: 'has another form', code: 'result-form' }
    const [old, now] = [keysOf(before), keysOf(after)]
    const lost = old.filter((key) => !now.includes(key))
    const gained = now.filter((key) => !old.includes(key))
    if (lost.length > 0)
      return { class: 'breaking', says: `loses ${lost.join(', ')}`, code: 'result-field-removed' }
    if (gained.length > 0)
      return { class: 'feature', says: `gains ${gained.join(', ')}`, code: 'result-field-added' }
    return { class: 'fix', says: 'is made in another way', code: 'behaviour-changed' }
  },
}

function keysOf(value: unknown, prefix = ''): string[] {
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => [
    `${prefix}${key}`,
    ...keysOf(inner, `${prefix}${key}.`),
  ])
}

/** Switched off, callers can no longer page. */
const pagingSwitch: Rule = {
  added: (value) => switched(value),
  removed: (value) => switched(value !== true),
  changed: (_, after) => switched(after),
}

function switched(on: unknown): Verdict {
  return on === true
    ? { class: 'feature', says: 'is on', code: 'paging-added' }
    : { class: 'breaking', says: 'is off', code: 'paging-removed' }
}

/** What can be done, and what comes of it. */
export const actionRules: Rules = {
  'Action[]': ability('action'),
  'Action.actionId': promise,
  'Action.label': wording,
  'Action.description': wording,
  'Action.details': wording,
  'Action.resources': wording,
  'Action.categories': wording,
  'Action.actionType': judged('fix', 'fix', 'fix', 'action-type'),
  'Action.schemaType': wording,
  'Action.schema': wording,
  'Action.entrypointUrl': behaviour,
  'Action.entrypointHttpMethod': behaviour,
  'Action.inputs': container,
  'Action.validationRules': limit,
  'Action.fieldConfigs': container,
  'Action.steps': behaviour,
  'Action.result': result,
  'Action.cursor': container,
  'Action.compositeIdentifiers': promise,
  'Action.tags': wording,
  'Action.examples': wording,
  'Action.releaseStage': stage,
  'Action.requiredScopes': scopes,
  'Action.authRequirements': behaviour,
  'Action.executionMode': promise,
  'Action.effects': behaviour,
  'Action.annotations': container,
  'Action.dataSync': ability('data-sync'),
  'Action.providerEvents': behaviour,
  'Action.prerequisiteActions': behaviour,
  'Action.requiresManualSetup': behaviour,
  'Action.x-mainspring': container,
  'ActionCursor.enabled': pagingSwitch,
  'ActionCursor.pageSize': behaviour,
  'CompositeIdentifiers.*': promise,
  'CompositeIdentifier[]': promise,
  'CompositeIdentifier.*': promise,
  'IdentifierComponent[]': promise,
  'IdentifierComponent.*': promise,
  'Annotations.*': behaviour,
  'ActionExample[]': wording,
  'ActionExample.*': wording,
  'DataSync.allowed': pagingSwitch,
  'DataSync.indexField': promise,
  'DataSync.*': behaviour,
  'SyncPagination.*': behaviour,
  'SyncIncrement.*': behaviour,
  'FieldConfig[]': ability('result-field'),
  'FieldConfig.targetFieldKey': promise,
  'FieldConfig.type': judged('breaking', 'breaking', 'breaking', 'result-field-type'),
  'FieldConfig.expression': behaviour,
  'FieldConfig.values': behaviour,
  'FieldConfig.alias': behaviour,
  'FieldConfig.array': promise,
  'FieldConfig.custom': promise,
  'FieldConfig.hidden': behaviour,
  'FieldConfig.enumMapper': behaviour,
  'FieldConfig.properties': container,
  'FieldConfig.requiredScopes': scopes,
  'EnumMapper.*': behaviour,
  'EnumMatch[]': behaviour,
  'EnumMatch.*': behaviour,
  // The extension of an action.
  'ActionExtension.stage': stage,
  'ActionExtension.evidence': wording,
  'EvidenceDefinition.*': wording,
  'ActionExtension.compat': promise,
}
