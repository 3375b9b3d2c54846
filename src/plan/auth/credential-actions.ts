import { isRecord } from '../../http/index.ts'
import type { ActionPlan } from '../action-plan.ts'
import { type Compiler, type DefinitionPath, safely } from '../compiler.ts'
import type { RefreshPlan, TestActionPlan } from './oauth-plan.ts'

type Definition = Readonly<Record<string, unknown>>

/** Compiles a whole action that stands at a place of the definition. */
export type CompileAction = (action: Definition, at: DefinitionPath) => ActionPlan

/** Compiles the actions within an authentication method: those that prove credentials, and the one that renews them. */
export function compileCredentialActions(
  entry: Definition,
  at: DefinitionPath,
  declared: Readonly<Record<string, ActionPlan>>,
  compile: CompileAction,
  compiler: Compiler,
): { testActions: TestActionPlan[]; refresh?: RefreshPlan } {
  const tests = Array.isArray(entry['testActions']) ? entry['testActions'] : []
  const refresh = compileRefresh(entry['refreshAuthentication'], [...at, 'refreshAuthentication'], compile)
  return {
    testActions: tests.flatMap((test: unknown, index) =>
      isRecord(test) ? compileTest(test, [...at, 'testActions', index], declared, compile, compiler) : [],
    ),
    ...(refresh === undefined ? {} : { refresh }),
  }
}

function compileTest(
  test: Definition,
  at: DefinitionPath,
  declared: Readonly<Record<string, ActionPlan>>,
  compile: CompileAction,
  compiler: Compiler,
): TestActionPlan[] {
  const named = test['action']
  const condition = test['condition']
  const action = isRecord(named) ? compile(named, [...at, 'action']) : declared[String(named)]
  if (action === undefined)
    compiler.report(
      'definition/wrong-value',
      `The test names the action "${String(named)}", which the connector does not have.`,
      [...at, 'action'],
      { severity: 'warning', hint: 'The test counts as failed when an account is linked.' },
    )
  return [
    {
      actionId: action?.id ?? String(named),
      required: test['required'] === true,
      action,
      ...(typeof condition === 'string'
        ? { condition: safely(compiler.expression(condition, [...at, 'condition'])) }
        : typeof condition === 'boolean'
          ? { condition: () => condition }
          : {}),
    },
  ]
}

function compileRefresh(
  declared: unknown,
  at: DefinitionPath,
  compile: CompileAction,
): RefreshPlan | undefined {
  if (!isRecord(declared) || !isRecord(declared['action'])) return undefined
  return {
    action: compile(declared['action'], [...at, 'action']),
    ...(typeof declared['schedule'] === 'string' ? { schedule: declared['schedule'] } : {}),
  }
}
