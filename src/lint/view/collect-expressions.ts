import type { SourceNode, SourceScalar } from '../../definition/index.ts'
import {
  type CompiledExpression,
  compileExpression,
  type InspectedProgram,
  inspectPrograms,
} from '../../expression/index.ts'
import type {
  ActionView,
  CallView,
  ConnectorView,
  ExpressionView,
  MethodView,
  Place,
  Scope,
} from './connector-view.ts'
import { asMap, asScalar, itemsOf, mapsOf, memberAt, memberOf, textOf } from './read-tree.ts'

type Owners = Pick<ExpressionView, 'action' | 'method' | 'step' | 'call' | 'arg' | 'name' | 'conditional'>

const nobody: Owners = {
  action: undefined,
  method: undefined,
  step: undefined,
  call: undefined,
  arg: undefined,
  name: undefined,
  conditional: false,
}

/** Every text of a connector that is evaluated, with what it can read and where it stands. */
export function collectExpressions(connector: ConnectorView): readonly ExpressionView[] {
  const found: ExpressionView[] = []

  const add = (node: SourceNode | undefined, place: Place, scope: Scope, owners: Owners): void => {
    if (node?.kind === 'map') for (const { value } of node.entries) add(value, place, scope, owners)
    else if (node?.kind === 'list') for (const item of node.items) add(item, place, scope, owners)
    else if (node !== undefined && typeof node.value === 'string' && node.value.trim() !== '')
      found.push(createExpression(node, node.value, place, scope, owners, connector))
  }

  const addNamedValues = (list: SourceNode | undefined, place: Place, owners: Owners): void => {
    for (const item of mapsOf(list))
      add(memberOf(item, 'value'), place, 'state', { ...owners, name: textOf(memberOf(item, 'name')) })
  }

  const addAuthorization = (node: SourceNode | undefined, owners: Owners): void => {
    for (const { name, value } of asMap(node)?.entries ?? []) {
      // A word of the format, not a value.
      if (name !== 'type') add(value, 'authorization', 'state', { ...owners, name })
    }
  }

  const addMethod = (method: MethodView): void => {
    const owners = { ...nobody, method }
    addAuthorization(method.authorization, owners)
    add(memberOf(method.map, 'certificates'), 'authorization', 'state', owners)
    const extension = memberOf(method.map, 'x-mainspring')
    add(memberAt(extension, 'oauth', 'revocation', 'url'), 'authorization', 'state', owners)
    addNamedValues(memberOf(extension, 'headers'), 'header', owners)
    addNamedValues(memberOf(extension, 'query'), 'query', owners)
    for (const test of mapsOf(memberOf(method.map, 'testActions')))
      add(memberOf(test, 'condition'), 'condition', 'state', owners)
  }

  const addFields = (list: SourceNode | undefined, owners: Owners): void => {
    for (const field of mapsOf(list)) {
      add(memberOf(field, 'expression'), 'field', 'record', owners)
      add(memberOf(field, 'values'), 'field', 'record', owners)
      for (const match of mapsOf(memberAt(field, 'enumMapper', 'matcher')))
        add(memberOf(match, 'matchExpression'), 'match', 'record', owners)
      addFields(memberOf(field, 'properties'), owners)
    }
  }

  const addResponse = (node: SourceNode | undefined, owners: Owners): void => {
    for (const key of ['dataKey', 'nextKey']) {
      const scalar = asScalar(memberOf(node, key))
      if (typeof scalar?.value === 'string' && scalar.value.trimStart().startsWith('{{'))
        add(scalar, 'source', 'body', owners)
    }
  }

  const addCall = (call: CallView): void => {
    const owners = {
      ...nobody,
      action: call.step.action,
      method: call.step.action.method,
      step: call.step,
      call,
    }
    for (const { name, value } of call.parameters?.entries ?? []) {
      if (name === 'args') continue
      if (name === 'fields') addFields(value, owners)
      else if (name === 'response') addResponse(value, owners)
      else if (name === 'iterator') add(memberOf(value, 'condition'), 'condition', 'body', owners)
      else if (name === 'customErrors') {
        for (const item of itemsOf(value)) {
          add(memberOf(item, 'condition'), 'condition', 'error', owners)
          add(memberOf(item, 'message'), 'other', 'error', owners)
        }
      } else if (name === 'url') add(value, 'url', 'state', owners)
      else if (name === 'baseUrl') add(value, 'baseUrl', 'state', owners)
      else if (name === 'authorization') addAuthorization(value, owners)
      else if (name === 'dataSource' || name === 'externalSources') add(value, 'source', 'state', owners)
      else if (!literalParameters.has(name)) add(value, 'other', 'state', owners)
    }
    for (const arg of call.args) {
      const own = { ...owners, arg, name: arg.name, conditional: arg.condition !== undefined }
      add(arg.condition, 'condition', 'state', own)
      add(arg.value, placeOfArg(arg.in), 'state', own)
    }
  }

  const addAction = (action: ActionView): void => {
    const owners = { ...nobody, action, method: action.method }
    addFields(memberOf(action.map, 'fieldConfigs'), owners)
    for (const step of action.steps) {
      const own = { ...owners, step }
      add(memberOf(step.map, 'condition'), 'condition', 'state', own)
      add(memberOf(step.map, 'successCriteria'), 'condition', 'state', own)
      add(memberOf(step.map, 'iterator'), 'source', 'state', own)
      add(memberOf(step.extension, 'passthrough'), 'other', 'state', own)
      for (const call of step.calls) addCall(call)
    }
    add(action.result, 'result', 'state', owners)
  }

  add(connector.baseUrl, 'baseUrl', 'state', nobody)
  const shared = memberAt(connector.root, 'x-mainspring', 'request')
  addNamedValues(memberOf(shared, 'headers'), 'header', nobody)
  addNamedValues(memberOf(shared, 'query'), 'query', nobody)
  for (const method of connector.methods) addMethod(method)
  for (const action of connector.flows) addAction(action)
  for (const action of connector.actions) addAction(action)
  return found
}

/** Words of the format, never evaluated to anything else. */
const literalParameters = new Set(['method', 'functionName', 'version', 'stepsDataToGroup', 'responseMode'])

function placeOfArg(where: string | undefined): Place {
  if (where === 'headers') return 'header'
  return where === 'query' || where === 'body' ? where : 'other'
}

function createExpression(
  scalar: SourceScalar,
  text: string,
  place: Place,
  scope: Scope,
  owners: Owners,
  connector: ConnectorView,
): ExpressionView {
  let programs: readonly InspectedProgram[] | undefined
  return {
    scalar,
    text,
    place,
    scope,
    compiled: compile(text),
    programs: () => (programs ??= inspectPrograms(text)),
    ...owners,
    connector,
  }
}

/** Many texts stand in a connector again and again; what is compiled is immutable. */
const compiledTexts = new Map<string, CompiledExpression | undefined>()
// Each text keeps the whole file alive that it was cut from.
const maxKept = 2_000

function compile(text: string): CompiledExpression | undefined {
  if (compiledTexts.has(text)) return compiledTexts.get(text)
  if (compiledTexts.size >= maxKept) compiledTexts.clear()
  const compiled = tryCompile(text)
  compiledTexts.set(text, compiled)
  return compiled
}

function tryCompile(text: string): CompiledExpression | undefined {
  try {
    return compileExpression(text)
  } catch {
    return undefined
  }
}
