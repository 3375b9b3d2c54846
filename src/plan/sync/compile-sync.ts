import { isRecord } from '../../http/index.ts'
import { type Compiler, type DefinitionPath, safely } from '../compiler.ts'
import { compileDataKey } from '../request/compile-response.ts'
import type { PageParameters } from '../request/request-plan.ts'
import type { StepPlan } from '../step-plan.ts'
import { compileTimeFilter } from './compile-time-filter.ts'
import type { SyncIncrement, SyncPagination, SyncPlan } from './sync-plan.ts'

type Part = Readonly<Record<string, unknown>>

/** Undefined where the action has no `dataSync`, does not allow it, or calls nothing. */
export function compileSync(
  sync: unknown,
  at: DefinitionPath,
  steps: readonly StepPlan[],
  compiler: Compiler,
): SyncPlan | undefined {
  const step = steps.find(({ calls }) => calls.some((call) => 'request' in call))
  if (!isRecord(sync) || sync['allowed'] === false || step === undefined) return undefined
  const pagination = partOf(sync, 'pagination')
  const dataKey = sync['dataKey'] ?? partOf(pagination, 'response')['dataKey']
  const incremental = compileIncrement(partOf(sync, 'incremental'), [...at, 'incremental'], compiler)
  return {
    step: step.id,
    ...(typeof sync['indexField'] === 'string' ? { indexField: sync['indexField'] } : {}),
    ...(typeof dataKey === 'string' ? { rows: compileDataKey(dataKey, compiler, [...at, 'dataKey']) } : {}),
    ...(typeof pagination['type'] === 'string'
      ? { pagination: compilePagination(pagination, [...at, 'pagination'], compiler) }
      : {}),
    ...(incremental === undefined ? {} : { incremental }),
    maxPages: positive(sync['maxPages']) ?? Number.POSITIVE_INFINITY,
    maxDurationMs: (positive(sync['maxDurationMinutes']) ?? Number.POSITIVE_INFINITY) * 60_000,
  }
}

function compilePagination(pagination: Part, at: DefinitionPath, compiler: Compiler): SyncPagination {
  const iterator = partOf(pagination, 'iterator')
  const style =
    pagination['type'] === 'offset' || pagination['type'] === 'page' ? pagination['type'] : 'cursor'
  const stop = pagination['stopCondition']
  const stops =
    typeof stop === 'string' ? safely(compiler.expression(stop, [...at, 'stopCondition'])) : () => false
  const place = (values: PageParameters['values']): PageParameters => ({ in: placeOf(iterator), values })
  const name = (key: string, fallback: string): string => String(iterator[key] ?? fallback)
  const sized = (key: string, size: unknown) => (key === '' || size === undefined ? {} : { [key]: size })
  if (style === 'cursor') {
    const nextKey = String(partOf(pagination, 'response')['nextKey'] ?? 'next')
    const read = compileDataKey(nextKey, compiler, [...at, 'response', 'nextKey'])
    return {
      style,
      parameters: (position) => place(position === undefined ? {} : { [name('key', 'cursor')]: position }),
      advance: (_, { body }) => (stops(body) ? undefined : asPosition(read(body))),
    }
  }
  const start = style === 'page' ? (positive(iterator['startPage']) ?? Number(iterator['startPage'] ?? 1)) : 0
  const [positionKey, size] =
    style === 'page'
      ? [name('pageKey', 'page'), sized(name('pageSizeKey', ''), iterator['defaultPageSize'])]
      : [name('offsetKey', 'offset'), sized(name('limitKey', ''), iterator['defaultLimit'])]
  return {
    style,
    parameters: (position) => place({ ...size, [positionKey]: position ?? start }),
    // A short page is not the end: a provider may give fewer rows than it was asked for.
    advance: (position, { body, rows }) => {
      if (rows === 0 || stops(body)) return undefined
      return Number(position ?? start) + (style === 'page' ? 1 : rows)
    },
  }
}

function compileIncrement(part: Part, at: DefinitionPath, compiler: Compiler): SyncIncrement | undefined {
  const iterator = partOf(part, 'iterator')
  const response = partOf(part, 'response')
  const place = (value: string | number): PageParameters => ({
    in: placeOf(iterator),
    values: { [String(iterator['key'])]: value },
  })
  if (part['type'] === 'time_filter') {
    const updatedAt = response['updatedAtPath']
    const readTime =
      typeof updatedAt === 'string'
        ? compileDataKey(updatedAt, compiler, [...at, 'response', 'updatedAtPath'])
        : undefined
    return compileTimeFilter(part, place, readTime)
  }
  if (part['type'] !== 'delta_token') return undefined
  const read = compileDataKey(String(response['path'] ?? ''), compiler, [...at, 'response', 'path'])
  return {
    type: 'delta_token',
    parameters: place,
    read: (body) => {
      const token = asPosition(read(body))
      return token === undefined ? undefined : String(token)
    },
    onlyOnFinalPage: response['onlyOnFinalPage'] === true,
  }
}

function partOf(part: Part, key: string): Part {
  const inner = part[key]
  return isRecord(inner) ? inner : {}
}

function placeOf(iterator: Part): PageParameters['in'] {
  return iterator['in'] === 'body' ? 'body' : 'query'
}

function asPosition(value: unknown): string | number | undefined {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? value : undefined
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined
}
