import type { PageParameters } from '../request/request-plan.ts'

/** `dataSync` of an action, compiled: how its rows are read again and again without reading all of them. */
export interface SyncPlan {
  /** The step whose calls are given the parameters. */
  readonly step: string
  /** The field that tells rows apart. */
  readonly indexField?: string
  /** Absent where the action pages by itself. */
  readonly pagination?: SyncPagination
  readonly incremental?: SyncIncrement
  /** The rows of a body, for paging and times; undefined where only the action's data says. */
  readonly rows?: (body: unknown) => unknown
  /** Of one sync; it goes on from there the next time. */
  readonly maxPages: number
  readonly maxDurationMs: number
}

export interface SyncPagination {
  readonly style: 'cursor' | 'offset' | 'page'
  /** What asks for the page at a position; undefined is the first page. */
  readonly parameters: (position: string | number | undefined) => PageParameters
  /** The position after a page; undefined at the end of the listing. */
  readonly advance: (
    position: string | number | undefined,
    page: { readonly body: unknown; readonly rows: number },
  ) => string | number | undefined
}

export type SyncIncrement = TimeFilter | DeltaToken

export interface TimeFilter {
  readonly type: 'time_filter'
  /** Asks for what changed since a time, in milliseconds since 1970. */
  readonly parameters: (sinceMs: number) => PageParameters
  /** How far further back a sync looks than the last one came: for clocks that differ, and rows that appear late. */
  readonly safetyBufferMs: number
  /** When a row was changed; undefined where it does not say. */
  readonly updatedAtMs?: (row: unknown) => number | undefined
}

export interface DeltaToken {
  readonly type: 'delta_token'
  readonly parameters: (token: string) => PageParameters
  readonly read: (body: unknown) => string | undefined
  /** The token of an earlier page does not count. */
  readonly onlyOnFinalPage: boolean
}
