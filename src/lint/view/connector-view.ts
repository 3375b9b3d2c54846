import type {
  ConnectorModel,
  SourceEntry,
  SourceFile,
  SourceMap,
  SourceNode,
  SourceScalar,
} from '../../definition/index.ts'
import type { CompiledExpression, InspectedProgram } from '../../expression/index.ts'
import type { RecordedExample } from './recorded-example.ts'

/** A connector as rules see it: the parts of the format by name, each with its node of the syntax tree. */
export interface ConnectorView {
  readonly root: SourceMap
  /** Null where the definition has errors. */
  readonly model: ConnectorModel | null
  readonly key: string
  readonly info: SourceMap | undefined
  readonly baseUrl: SourceScalar | undefined
  readonly methods: readonly MethodView[]
  /** The actions that callers see. */
  readonly actions: readonly ActionView[]
  /** Actions written where they are used: to test credentials and to refresh them. */
  readonly flows: readonly ActionView[]
  readonly expressions: readonly ExpressionView[]
  /** Whether it uses `x-mainspring` anywhere in its actions: what only that key can say is then expected. */
  readonly usesExtension: boolean
  readonly files: readonly SourceFile[]
  /** Names of the files of its folder. */
  readonly fileNames: readonly string[]
  /** Recorded examples by action id. */
  readonly examples: ReadonlyMap<string, RecordedExample>
}

/** A way to authenticate. */
export interface MethodView {
  readonly key: string
  readonly entry: SourceEntry
  readonly map: SourceMap
  readonly type: string | undefined
  readonly fields: readonly FieldView[]
  readonly authorization: SourceMap | undefined
  readonly guide: SourceMap | undefined
  readonly connector: ConnectorView
}

/** A field that is asked of whoever links an account, or of the integrator. */
export interface FieldView {
  readonly map: SourceMap
  readonly key: string
  readonly keyNode: SourceScalar
  readonly type: string | undefined
  readonly secret: boolean
  readonly setup: boolean
  readonly method: MethodView
}

export interface ActionView {
  readonly map: SourceMap
  readonly id: string
  /** The scalar of its id; its map where it has none. */
  readonly idNode: SourceNode
  readonly type: string | undefined
  readonly flow: 'action' | 'test' | 'refresh'
  readonly method: MethodView | undefined
  readonly inputs: readonly InputView[]
  readonly steps: readonly StepView[]
  readonly result: SourceNode | undefined
  readonly extension: SourceMap | undefined
  readonly expressions: readonly ExpressionView[]
  readonly connector: ConnectorView
}

export interface InputView {
  readonly map: SourceMap
  readonly name: string
  readonly nameNode: SourceScalar
  readonly type: string | undefined
  readonly required: boolean
  readonly in: string | undefined
  readonly description: string | undefined
  readonly action: ActionView
  /** The input it is a property of. */
  readonly parent: InputView | undefined
  readonly properties: readonly InputView[]
}

export interface StepView {
  readonly map: SourceMap
  readonly id: string
  readonly idNode: SourceNode
  readonly index: number
  readonly calls: readonly CallView[]
  readonly extension: SourceMap | undefined
  readonly action: ActionView
}

/** One use of a step function. */
export interface CallView {
  readonly map: SourceMap
  readonly functionName: string
  readonly version: string | undefined
  readonly parameters: SourceMap | undefined
  /** Whether it sends an HTTP request with `url`, `method` and `args`. */
  readonly isRequest: boolean
  /** Lower case. */
  readonly method: string | undefined
  readonly url: SourceScalar | undefined
  readonly args: readonly ArgView[]
  readonly step: StepView
}

export interface ArgView {
  readonly map: SourceMap
  readonly name: string
  readonly nameNode: SourceNode
  readonly value: SourceNode | undefined
  readonly in: string | undefined
  readonly condition: SourceNode | undefined
  readonly call: CallView
}

/** What an expression can read: the state of a run, a record laid over it, a response body, or an error. */
export type Scope = 'state' | 'record' | 'body' | 'error'

/** Where in the format an expression stands. */
export type Place =
  | 'baseUrl'
  | 'url'
  | 'authorization'
  | 'header'
  | 'query'
  | 'body'
  | 'condition'
  | 'result'
  | 'source'
  | 'field'
  | 'match'
  | 'other'

/** A text that is evaluated. */
export interface ExpressionView {
  readonly scalar: SourceScalar
  readonly text: string
  readonly scope: Scope
  readonly place: Place
  /** Undefined where it cannot be compiled, which is reported already. */
  readonly compiled: CompiledExpression | undefined
  /** Its syntax trees, parsed when first asked for. */
  programs(): readonly InspectedProgram[]
  readonly action: ActionView | undefined
  readonly method: MethodView | undefined
  readonly step: StepView | undefined
  readonly call: CallView | undefined
  readonly arg: ArgView | undefined
  /** Name of the header, query parameter or body field that it gives a value to. */
  readonly name: string | undefined
  /** Placed by an arg that is only sent where its condition holds. */
  readonly conditional: boolean
  readonly connector: ConnectorView
}

/** A text written for people or agents. */
export interface ProseView {
  readonly scalar: SourceScalar
  readonly text: string
  readonly kind: 'label' | 'description' | 'details' | 'guide' | 'placeholder' | 'other'
  readonly connector: ConnectorView
}
