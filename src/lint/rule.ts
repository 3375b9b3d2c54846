import type { Span } from '../definition/index.ts'
import type { Fix, Location, Severity } from '../errors/index.ts'
import type {
  ActionView,
  ArgView,
  CallView,
  ConnectorView,
  ExpressionView,
  FieldView,
  InputView,
  MethodView,
  ProseView,
  StepView,
} from './view/connector-view.ts'
import type { MappingView } from './view/mapping-view.ts'

/** What a rule says about one place. */
export interface Finding {
  /** One sentence: what is wrong, with the names involved. */
  readonly message: string
  /** What to do here; the rule's own `remedy` where left out. */
  readonly hint?: string | undefined
  readonly severity?: Severity | undefined
  readonly related?: readonly { readonly message: string; readonly at: Span | Location }[] | undefined
  /** Only where it cannot change what the author meant. */
  readonly fix?: Fix | undefined
}

export type ReportFinding = (at: Span, finding: Finding) => void

type Visit<View> = (view: View, report: ReportFinding) => void

/** What a rule looks at. All rules share one walk over the connector. */
export interface Visitor {
  /** Only where the definition has no error: the whole is then known. */
  readonly connector?: Visit<ConnectorView>
  readonly method?: Visit<MethodView>
  readonly field?: Visit<FieldView>
  readonly action?: Visit<ActionView>
  /** Every input, nested properties included. */
  readonly input?: Visit<InputView>
  readonly step?: Visit<StepView>
  readonly call?: Visit<CallView>
  readonly arg?: Visit<ArgView>
  readonly expression?: Visit<ExpressionView>
  /** A field of a mapping, nested ones included. */
  readonly mapping?: Visit<MappingView>
  readonly prose?: Visit<ProseView>
  /** All connectors of a catalog together; runs with `--catalog`. */
  readonly catalog?: Visit<readonly ConnectorView[]>
}

/** The part of a connector that an example shows; the rest is added around it. */
export type ExamplePart =
  | 'connector'
  | 'method'
  | 'field'
  | 'action'
  | 'input'
  | 'step'
  | 'parameters'
  | 'arg'

export interface RuleExample {
  readonly part: ExamplePart
  readonly yaml: string
  /** Further files of the folder, by name. */
  readonly files?: Readonly<Record<string, string>>
  /** A second connector, for rules about a catalog. */
  readonly other?: string
}

/** A rule as plain data. Its page, `--explain` and two of its tests are made from this. */
export interface Rule {
  readonly code: `lint/${string}`
  readonly severity: Severity
  /** A headline without a full stop. */
  readonly title: string
  /** Why it matters. */
  readonly why: string
  /** How to fix it; the hint of its findings where they bring none. */
  readonly remedy: string
  readonly bad: RuleExample
  readonly good: RuleExample
  readonly visit: Visitor
}

export function defineRule(rule: Rule): Rule {
  return rule
}
