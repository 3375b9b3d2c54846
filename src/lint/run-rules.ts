import { type SourceNode, type Span, toLocation } from '../definition/index.ts'
import type { Diagnostic, Location, Severity } from '../errors/index.ts'
import type { Finding, ReportFinding, Rule, Visitor } from './rule.ts'
import { collectProse } from './view/collect-prose.ts'
import type { ConnectorView, InputView } from './view/connector-view.ts'
import { mappingsOf } from './view/mapping-view.ts'

/** The level of each rule that runs. */
export type RuleLevels = ReadonlyMap<Rule, Severity>

/** A part of the definition that has an error already: rules would only repeat it in other words. */
export type IsBroken = (node: SourceNode) => boolean

type Handlers = { readonly [Kind in keyof Visitor]-?: (readonly [Rule, NonNullable<Visitor[Kind]>])[] }

/** Runs rules over a connector in one walk, in which each part is met once and shown to every rule that asks for it. */
export function runRules(view: ConnectorView, levels: RuleLevels, isBroken: IsBroken): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  const handlers = groupHandlers(levels)
  const reporters = new Map([...levels].map(([rule, level]) => [rule, reporterFor(rule, level, diagnostics)]))

  const show = <Kind extends keyof Visitor>(
    kind: Kind,
    part: Parameters<NonNullable<Visitor[Kind]>>[0],
  ): void => {
    for (const [rule, visit] of handlers[kind]) {
      const report = reporters.get(rule)
      if (report !== undefined) (visit as (view: typeof part, report: ReportFinding) => void)(part, report)
    }
  }
  const showInput = (input: InputView): void => {
    show('input', input)
    for (const property of input.properties) showInput(property)
  }

  const whole = !isBroken(view.root)
  if (whole) show('connector', view)
  for (const method of view.methods) {
    if (isBroken(method.map)) continue
    show('method', method)
    for (const field of method.fields) show('field', field)
  }
  const sound = [...view.flows, ...view.actions].filter(({ map }) => !isBroken(map))
  for (const action of sound) {
    show('action', action)
    for (const input of action.inputs) showInput(input)
    for (const step of action.steps) {
      show('step', step)
      for (const call of step.calls) {
        show('call', call)
        for (const arg of call.args) show('arg', arg)
      }
    }
    if (handlers.mapping.length > 0) for (const mapping of mappingsOf(action)) show('mapping', mapping)
  }
  const soundActions = new Set(sound)
  for (const expression of view.expressions) {
    if (expression.action === undefined ? whole : soundActions.has(expression.action))
      show('expression', expression)
  }
  if (handlers.prose.length > 0) for (const prose of collectProse(view)) show('prose', prose)
  return diagnostics
}

/** Runs the rules that look at several connectors together. */
export function runCatalogRules(views: readonly ConnectorView[], levels: RuleLevels): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  for (const [rule, level] of levels) rule.visit.catalog?.(views, reporterFor(rule, level, diagnostics))
  return diagnostics
}

function groupHandlers(levels: RuleLevels): Handlers {
  const handlers: Handlers = {
    connector: [],
    method: [],
    field: [],
    action: [],
    input: [],
    step: [],
    call: [],
    arg: [],
    expression: [],
    mapping: [],
    prose: [],
    catalog: [],
  }
  for (const rule of levels.keys()) {
    for (const [kind, visit] of Object.entries(rule.visit))
      (handlers[kind as keyof Visitor] as (readonly [Rule, unknown])[]).push([rule, visit])
  }
  return handlers
}

function reporterFor(rule: Rule, level: Severity, diagnostics: Diagnostic[]): ReportFinding {
  return (at: Span, { message, hint, severity, related, fix }: Finding) => {
    diagnostics.push({
      code: rule.code,
      severity: level === rule.severity ? (severity ?? level) : level,
      message,
      hint: hint ?? rule.remedy,
      location: toLocation(at),
      ...(related === undefined
        ? {}
        : { related: related.map((place) => ({ message: place.message, location: asLocation(place.at) })) }),
      ...(fix === undefined ? {} : { fix }),
    })
  }
}

function asLocation(at: Span | Location): Location {
  return 'range' in at ? at : toLocation(at)
}
