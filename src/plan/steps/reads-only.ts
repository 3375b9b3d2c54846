import { isRecord } from '../../http/index.ts'
import type { StepSource } from './step-compiler.ts'

const readingTypes: readonly unknown[] = ['list', 'get', 'test']

/**
 * Whether a request changes nothing whatever its method: GraphQL and SOAP ask by POST. Both must say so, the type of the
 * action and `x-mainspring.retry.safe`, since a lost answer is then no change in doubt.
 */
export function readsOnly({ action, extension }: Pick<StepSource, 'action' | 'extension'>): boolean {
  const retry = isRecord(extension['retry']) ? extension['retry']['safe'] : undefined
  return retry === true && readingTypes.includes(action['actionType'])
}
