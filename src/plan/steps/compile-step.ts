import { isRecord } from '../../http/index.ts'
import { type Compiler, type DefinitionPath, safely } from '../compiler.ts'
import type { ConnectorRequestDefaults } from '../request/compile-request.ts'
import type { Evaluate } from '../run-context.ts'
import type { StepCall, StepPlan } from '../step-plan.ts'
import { findStepFunction, stepFunctionNames } from './registry.ts'

/** The action a step belongs to. */
export interface StepOwner {
  readonly action: Readonly<Record<string, unknown>>
  readonly actionAt: DefinitionPath
  readonly defaults: ConnectorRequestDefaults
}

export function compileStep(
  step: Readonly<Record<string, unknown>>,
  at: DefinitionPath,
  owner: StepOwner,
  compiler: Compiler,
): StepPlan {
  const evaluate = (key: string): Record<string, Evaluate> => {
    const value = step[key]
    if (value === undefined) return {}
    return {
      [key]: typeof value === 'string' ? safely(compiler.expression(value, [...at, key])) : () => value,
    }
  }
  const condition = step['condition']
  const extension = isRecord(step['x-mainspring']) ? step['x-mainspring'] : {}
  const forEach = isRecord(extension['forEach']) ? extension['forEach'] : {}
  const several = Array.isArray(step['stepFunctions']) ? step['stepFunctions'] : undefined
  const sources: [unknown, DefinitionPath][] = several?.map((entry, index) => [
    entry,
    [...at, 'stepFunctions', index],
  ]) ?? [[step['stepFunction'], [...at, 'stepFunction']]]
  if (isRecord(extension['chunks']) && (several !== undefined || !takesChunks(step)))
    compiler.report(
      'definition/no-effect',
      '"chunks" has no effect here.',
      [...at, 'x-mainspring', 'chunks'],
      { severity: 'warning', hint: 'It is for a step of `upload_binary` without `iterator`.' },
    )
  return {
    id: String(step['stepId']),
    ...(typeof step['description'] === 'string' ? { description: step['description'] } : {}),
    ...(condition === undefined
      ? {}
      : { condition: compileCondition(condition, [...at, 'condition'], compiler) }),
    onConditionError: step['onConditionError'] === 'break' ? 'break' : step['onConditionError'] === true,
    ignoreError: step['ignoreError'] === true,
    ...evaluate('successCriteria'),
    isAsync: step['async'] === true,
    ...evaluate('iterator'),
    concurrency: typeof forEach['concurrency'] === 'number' ? forEach['concurrency'] : 1,
    onItemError: onItemErrorOf(forEach['onError']),
    calls: sources.map(([source, sourceAt]) =>
      compileCall(isRecord(source) ? source : {}, sourceAt, step, at, owner, compiler),
    ),
    location: compiler.locate([...at, 'stepId']),
  }
}

function takesChunks({ stepFunction, iterator }: Readonly<Record<string, unknown>>): boolean {
  return isRecord(stepFunction) && stepFunction['functionName'] === 'upload_binary' && iterator === undefined
}

function onItemErrorOf(value: unknown): StepPlan['onItemError'] {
  return value === 'continue' || value === 'report' ? value : 'stop'
}

/** A condition throws where it cannot be evaluated, so that `onConditionError` can decide. */
function compileCondition(condition: unknown, at: DefinitionPath, compiler: Compiler): Evaluate {
  if (typeof condition !== 'string') return compiler.value(condition, at).evaluate
  const expression = compiler.expression(condition, at)
  return expression === undefined ? () => null : (context) => expression.evaluate(context)
}

function compileCall(
  call: Readonly<Record<string, unknown>>,
  at: DefinitionPath,
  step: Readonly<Record<string, unknown>>,
  stepAt: DefinitionPath,
  owner: StepOwner,
  compiler: Compiler,
): StepCall {
  const functionName = String(call['functionName'])
  const version = String(call['version'] ?? '1')
  const found = findStepFunction(functionName, version)
  if (found === undefined) {
    const reason = `There is no step function "${functionName}" of version ${version}.`
    compiler.report('definition/unknown-step-function', reason, [...at, 'functionName'], {
      hint: `The step functions are ${stepFunctionNames.join(', ')}.`,
    })
    return { kind: 'unsupported', functionName, reason }
  }
  return found.compile({
    functionName,
    version,
    parameters: isRecord(call['parameters']) ? call['parameters'] : {},
    at: [...at, 'parameters'],
    extension: isRecord(step['x-mainspring']) ? step['x-mainspring'] : {},
    extensionAt: [...stepAt, 'x-mainspring'],
    compiler,
    ...owner,
  })
}
