import type { ResponsePlan } from '../../plan/index.ts'
import type { SendOptions } from '../../transport/index.ts'

/**
 * What an answer counts as by the provider's code in it, where the definition knows the code: a refused password that is
 * answered with status 500 must not be tried again, or the account is locked.
 */
export function countedStatusOf({ statusOf, parse }: ResponsePlan): SendOptions['countedStatus'] {
  if (statusOf === undefined) return undefined
  return ({ status, body }) => {
    if (status < 400) return undefined
    try {
      return statusOf((parse ?? JSON.parse)(body.toString('utf8')))
    } catch {
      return undefined
    }
  }
}
