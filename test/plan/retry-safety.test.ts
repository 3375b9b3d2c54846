import { expect, test } from '@jest/globals'
import { explainAction } from '../../src/index.ts'
import { toolAnnotations } from '../../src/mcp/tools/tool-annotations.ts'
import { renderHttp } from '../../src/plan/index.ts'
import { oneAction, planOf, requestStep } from '../contract/plan-of.ts'
import { proves } from '../contract/proves.ts'

function shown(method: string, retrying?: boolean | string, root = '') {
  const retry = typeof retrying === 'string' ? retrying : `safe: ${retrying}`
  const declared = retrying === undefined ? '' : `\n  x-mainspring: { retry: { ${retry} } }`
  const steps = `${requestStep(`{ url: /x, method: ${method} }`)}${declared}`
  const second = oneAction({ actionType: 'list', steps: requestStep('{ url: /x, method: get }') })
  const list = second.slice(second.indexOf('  - actionId')).replace('actionId: act', 'actionId: list_all')
  const plan = planOf(oneAction({ root, steps }) + list)
  const { requests } = explainAction(plan, 'act', { credentials: { secret: 's' } })
  const [action] = plan.actions
  if (action === undefined) throw new Error('no action')
  return {
    retry: requests[0]?.retry,
    line: renderHttp(requests).split('\n')[1],
    idempotent: toolAnnotations(action, false).idempotentHint,
  }
}

test.each([
  ['get', undefined, { safe: true, because: 'reads' }, true],
  ['post', undefined, { safe: false, because: 'writes' }, false],
  ['put', undefined, { safe: false, because: 'writes' }, true],
  ['delete', undefined, { safe: false, because: 'writes' }, true],
  ['get', false, { safe: false, because: 'declared' }, false],
  ['post', true, { safe: true, because: 'declared' }, true],
  ['put', false, { safe: false, because: 'declared' }, false],
] as const)('%s, declared %s', (method, safe, retry, idempotent) => {
  expect(shown(method, safe)).toMatchObject({ retry, idempotent })
})

proves('x/retry.safe', 'explain says in words whether a call is sent again, and why', () => {
  expect(shown('get').line).toBe('# sent again after a failure: it reads')
  expect(shown('post').line).toContain('sent once: it writes')
  expect(shown('post', true).line).toContain('x-mainspring.retry says that this is safe')
  expect(shown('get', undefined, 'x-mainspring: { compat: exact }').retry).toEqual({
    safe: true,
    because: 'original',
  })
})

test('what makes a write safe to send again, or tells its fate, is shown with its header or action', () => {
  const keyed = shown('post', 'idempotencyKey: Idempotency-Key')
  expect(keyed.retry).toEqual({ safe: true, because: 'keyed', header: 'idempotency-key' })
  expect(keyed.line).toContain('the same idempotency-key goes with it')
  const lookedUp = shown('post', 'lookup: { action: list_all, match: { name: x } }')
  expect(lookedUp.retry).toEqual({ safe: false, because: 'looked-up', action: 'list_all' })
  expect(lookedUp.line).toContain('list_all looks whether it happened')
})
