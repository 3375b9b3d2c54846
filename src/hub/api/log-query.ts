import { type Static, Type } from 'typebox'
import { HubError } from '../hub-error.ts'
import type { RequestLogFilter, RequestLogOrder } from '../store/index.ts'
import { nullable } from './schemas.ts'

const many = (description: string) => Type.Optional(Type.Array(Type.String(), { description }))
const date = (description: string) => Type.Optional(Type.String({ description }))
const unknownHere = many('Not known of any entry: one that is named here leaves none.')

/** What all lists of the log take. Clients of StackOne send the fields of their `filter` as they are here, flat. */
export const LogQuery = Type.Object({
  account_ids: many('Entries about these accounts.'),
  actions: many('Entries of these actions.'),
  http_methods: many('Entries of these methods of requests to the provider.'),
  request_ids: many('Entries of these requests to the hub.'),
  resources: unknownHere,
  services: unknownHere,
  categories: unknownHere,
  sub_resources: unknownHere,
  child_resources: unknownHere,
  status_codes: many('Entries with these statuses.'),
  success: Type.Optional(Type.Boolean()),
  start_date: date('Entries from this time on, ISO 8601.'),
  end_date: date('Entries until this time, ISO 8601.'),
  page_size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: '25 by default.' })),
  next: Type.Optional(Type.String()),
})

export const SourceQuery = Type.Object({
  source_types: many('Entries that came in by these doors.'),
  source_ids: many('Entries of these callers: `key:<id>`.'),
  source_values: many('As `source_ids`.'),
})

export const ProvidersQuery = Type.Object({ providers: many('Entries of these connectors.') })

const orderings = {
  eventDatetime: 'at',
  duration: 'durationMs',
  status: 'status',
  provider: 'provider',
} as const

export const OrderQuery = Type.Object({
  order_by: Type.Optional(
    Type.Enum([...Object.keys(orderings), 'service'], { description: '`eventDatetime` by default.' }),
  ),
  order_direction: Type.Optional(Type.Enum(['asc', 'desc'], { description: '`desc` by default.' })),
})

/** A page of one of the lists. */
export function logPage<Row extends Parameters<typeof Type.Array>[0]>(row: Row) {
  return Type.Object({ data: Type.Array(row), next: nullable(Type.String()) })
}

type Query = Static<typeof LogQuery> & Partial<Static<typeof SourceQuery> & Static<typeof ProvidersQuery>>

/** Names that a filter lists, each with commas or several times; undefined where it says nothing. */
export function listed(values: readonly string[] | undefined): readonly string[] | undefined {
  return values?.flatMap((value) => value.split(',')).filter(Boolean)
}

/**
 * The runs that a query asks for.
 *
 * @param bound - the only account that the caller may see
 * @throws {HubError} `hub/invalid-request`
 */
export function runFilter(query: Query, bound: string | null): RequestLogFilter {
  const sources = [query.source_ids, query.source_values].flatMap((values) => listed(values) ?? [])
  const asksForCaller = query.source_ids !== undefined || query.source_values !== undefined
  return {
    ...given('accountIds', asksForUnknown(query) ? [] : boundTo(bound, listed(query.account_ids))),
    ...given('providers', listed(query.providers)),
    ...given('actions', listed(query.actions)),
    ...given('sources', listed(query.source_types)),
    ...given('callers', asksForCaller ? sources : undefined),
    ...given('requestIds', listed(query.request_ids)),
    ...given(
      'methods',
      listed(query.http_methods)?.map((method) => method.toUpperCase()),
    ),
    ...given('statuses', statuses(query)),
    ...given('success', query.success),
    ...given('from', time('start_date', query.start_date)),
    ...given('to', time('end_date', query.end_date)),
  }
}

export function statuses({ status_codes: codes }: Query): readonly number[] | undefined {
  return listed(codes)?.map(Number).filter(Number.isInteger)
}

export function orderOf({
  order_by: by = 'eventDatetime',
  order_direction: direction = 'desc',
}: Static<typeof OrderQuery>): RequestLogOrder {
  const column = orderings[by as keyof typeof orderings] ?? 'provider'
  return { by: column, direction: direction === 'asc' ? 'asc' : 'desc' }
}

/** Whether the query names something that entries of this hub never have. */
export function asksForUnknown(query: Query): boolean {
  const { resources, services, categories, sub_resources, child_resources } = query
  return [resources, services, categories, sub_resources, child_resources].some(
    (values) => (listed(values) ?? []).length > 0,
  )
}

/** In the form in which times are stored. @throws {HubError} `hub/invalid-request` */
export function time(name: string, text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined
  const ms = Date.parse(text)
  if (Number.isNaN(ms))
    throw new HubError('hub/invalid-request', { message: `${name} has to be a date in ISO 8601.` })
  return new Date(ms).toISOString()
}

function boundTo(bound: string | null, ids: readonly string[] | undefined): readonly string[] | undefined {
  if (bound === null) return ids
  return ids === undefined || ids.includes(bound) ? [bound] : []
}

function given<Key extends keyof RequestLogFilter>(
  key: Key,
  value: RequestLogFilter[Key],
): Pick<RequestLogFilter, Key> {
  return value === undefined
    ? ({} as Pick<RequestLogFilter, Key>)
    : ({ [key]: value } as Pick<RequestLogFilter, Key>)
}
