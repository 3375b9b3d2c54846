import { InputError } from '../../errors/index.ts'
import type { PageParameters } from '../request/request-plan.ts'
import type { RunContext } from '../run-context.ts'
import type { ListingState } from './listing-state.ts'
import type { PagingPlan } from './paging-plan.ts'

/** What asks for the page at which a listing stands, and the page size it is asked with. */
export interface AskedPage {
  readonly parameters: PageParameters
  readonly size: number | undefined
}

/** @throws {InputError} a page size that differs from the one the listing began with, where pages are counted */
export function pageParameters(
  paging: PagingPlan,
  state: ListingState | undefined,
  context: RunContext,
): AskedPage {
  const wanted = context.inputs[paging.pageSizeInput]
  const size = typeof wanted === 'number' ? wanted : state?.pageSize
  if (paging.fixedPageSize && state !== undefined && size !== state.pageSize) {
    const name = paging.pageSizeInput
    throw new InputError([
      {
        code: 'input/invalid',
        name,
        message: `Input "${name}" must stay as it was on the first page, since this provider counts pages.`,
      },
    ])
  }
  // No paging is known at such an endpoint, so nothing is asked that was not asked for.
  if (paging.onlyWhenAsked && size === undefined) return { parameters: { in: paging.in, values: {} }, size }
  const nested = paging.in === 'body' ? { nested: true } : {}
  const { values, link, continues = false } = paging.parameters(state?.position)
  if (continues) return { parameters: { in: paging.in, values, continues }, size }
  const limit = paging.limitParam === undefined || size === undefined ? {} : { [paging.limitParam]: size }
  return {
    parameters: {
      in: paging.in,
      values: { ...limit, ...values },
      ...nested,
      ...(link === undefined ? {} : { link }),
    },
    size,
  }
}
