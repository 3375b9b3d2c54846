import {
  type ConnectorModel,
  requestFunctions,
  type SourceFile,
  type SourceMap,
  type SourceNode,
} from '../../definition/index.ts'
import { collectExpressions } from './collect-expressions.ts'
import type {
  ActionView,
  ArgView,
  CallView,
  ConnectorView,
  ExpressionView,
  FieldView,
  InputView,
  MethodView,
  StepView,
} from './connector-view.ts'
import { asMap, asScalar, isTrue, itemsOf, mapsOf, memberAt, memberOf, textOf } from './read-tree.ts'
import type { RecordedExample } from './recorded-example.ts'

type Draft<View> = { -readonly [Key in keyof View]: View[Key] }

/** What lies beside the definition itself. */
export interface Surroundings {
  readonly model: ConnectorModel | null
  readonly files: readonly SourceFile[]
  readonly fileNames: readonly string[]
  readonly examples: ReadonlyMap<string, RecordedExample>
}

/** The view of a resolved definition, built once and read by all rules. */
export function buildView(root: SourceMap, around: Surroundings): ConnectorView {
  const info = asMap(memberOf(root, 'info'))
  const methods: MethodView[] = []
  const actions: ActionView[] = []
  const flows: ActionView[] = []
  const expressions: ExpressionView[] = []
  const connector: ConnectorView = {
    root,
    key: textOf(memberOf(info, 'key')) ?? '',
    info,
    baseUrl: asScalar(memberOf(root, 'baseUrl')),
    methods,
    actions,
    flows,
    expressions,
    usesExtension: itemsOf(memberOf(root, 'actions')).some(hasExtension),
    ...around,
  }
  for (const item of mapsOf(memberOf(root, 'authentication'))) {
    for (const entry of item.entries) {
      if (entry.value.kind !== 'map') continue
      const method = buildMethod(entry.name, entry.value, connector, { entry })
      methods.push(method)
      for (const [map, flow] of flowsOf(entry.value)) flows.push(buildAction(map, flow, connector, method))
    }
  }
  for (const map of mapsOf(memberOf(root, 'actions')))
    actions.push(buildAction(map, 'action', connector, undefined))
  expressions.push(...collectExpressions(connector))
  for (const expression of expressions) {
    const own = expression.action?.expressions as ExpressionView[] | undefined
    own?.push(expression)
  }
  return connector
}

function hasExtension(action: SourceNode): boolean {
  const steps = itemsOf(memberOf(action, 'steps'))
  return [action, ...steps].some((node) => memberOf(node, 'x-mainspring') !== undefined)
}

function buildMethod(
  key: string,
  map: SourceMap,
  connector: ConnectorView,
  { entry }: Pick<MethodView, 'entry'>,
): MethodView {
  const fields: FieldView[] = []
  const method: MethodView = {
    key,
    entry,
    map,
    type: textOf(memberOf(map, 'type')),
    fields,
    authorization: asMap(memberOf(map, 'authorization')),
    guide: asMap(memberAt(map, 'x-mainspring', 'guide')),
    connector,
  }
  for (const [list, setup] of [
    ['setupFields', true],
    ['configFields', false],
  ] as const) {
    for (const field of mapsOf(memberOf(map, list))) {
      const keyNode = asScalar(memberOf(field, 'key'))
      if (keyNode === undefined) continue
      fields.push({
        map: field,
        key: textOf(keyNode) ?? '',
        keyNode,
        type: textOf(memberOf(field, 'type')),
        secret: isTrue(memberOf(field, 'secret')),
        setup,
        method,
      })
    }
  }
  return method
}

function flowsOf(method: SourceMap): readonly (readonly [SourceMap, 'test' | 'refresh'])[] {
  const tests = mapsOf(memberOf(method, 'testActions')).map((test) => asMap(memberOf(test, 'action')))
  const refresh = asMap(memberAt(method, 'refreshAuthentication', 'action'))
  return [
    ...tests.flatMap((test) => (test === undefined ? [] : ([[test, 'test']] as const))),
    ...(refresh === undefined ? [] : ([[refresh, 'refresh']] as const)),
  ]
}

function buildAction(
  map: SourceMap,
  flow: ActionView['flow'],
  connector: ConnectorView,
  method: MethodView | undefined,
): ActionView {
  const idNode = memberOf(map, 'actionId')
  const action: Draft<ActionView> = {
    map,
    id: textOf(idNode) ?? '',
    idNode: idNode ?? map,
    type: textOf(memberOf(map, 'actionType')),
    flow,
    method,
    inputs: [],
    steps: [],
    result: memberOf(map, 'result'),
    extension: asMap(memberOf(map, 'x-mainspring')),
    expressions: [],
    connector,
  }
  action.inputs = buildInputs(memberOf(map, 'inputs'), action, undefined)
  action.steps = mapsOf(memberOf(map, 'steps')).map((step, index) => buildStep(step, index, action))
  return action
}

function buildInputs(
  list: SourceNode | undefined,
  action: ActionView,
  parent: InputView | undefined,
): readonly InputView[] {
  return mapsOf(list).flatMap((map) => {
    const nameNode = asScalar(memberOf(map, 'name'))
    if (nameNode === undefined) return []
    const input: Draft<InputView> = {
      map,
      name: textOf(nameNode) ?? '',
      nameNode,
      type: textOf(memberOf(map, 'type')),
      required: isTrue(memberOf(map, 'required')),
      in: textOf(memberOf(map, 'in')),
      description: textOf(memberOf(map, 'description')),
      action,
      parent,
      properties: [],
    }
    input.properties = buildInputs(memberOf(map, 'properties'), action, input)
    return [input]
  })
}

function buildStep(map: SourceMap, index: number, action: ActionView): StepView {
  const idNode = memberOf(map, 'stepId')
  const calls: CallView[] = []
  const step: StepView = {
    map,
    id: textOf(idNode) ?? '',
    idNode: idNode ?? map,
    index,
    calls,
    extension: asMap(memberOf(map, 'x-mainspring')),
    action,
  }
  const several = mapsOf(memberOf(map, 'stepFunctions'))
  const only = asMap(memberOf(map, 'stepFunction'))
  for (const call of only === undefined ? several : [only]) calls.push(buildCall(call, step))
  return step
}

function buildCall(map: SourceMap, step: StepView): CallView {
  const functionName = textOf(memberOf(map, 'functionName')) ?? ''
  const parameters = asMap(memberOf(map, 'parameters'))
  const args: ArgView[] = []
  const call: CallView = {
    map,
    functionName,
    version: textOf(memberOf(map, 'version')),
    parameters,
    isRequest: requestFunctions.has(functionName),
    method: methodOf(functionName, parameters),
    url: asScalar(memberOf(parameters, 'url')),
    args,
    step,
  }
  for (const arg of mapsOf(memberOf(parameters, 'args'))) {
    const nameNode = memberOf(arg, 'name')
    args.push({
      map: arg,
      name: textOf(nameNode) ?? '',
      nameNode: nameNode ?? arg,
      value: memberOf(arg, 'value'),
      in: textOf(memberOf(arg, 'in')),
      condition: memberOf(arg, 'condition'),
      call,
    })
  }
  return call
}

function methodOf(functionName: string, parameters: SourceMap | undefined): string | undefined {
  const written = textOf(memberOf(parameters, 'method'))?.toLowerCase()
  if (written !== undefined) return written
  if (functionName === 'download_file') return 'get'
  return functionName.startsWith('upload') || functionName.startsWith('soap') ? 'post' : undefined
}
