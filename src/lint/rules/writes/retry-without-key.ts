import { isWrite } from '../../knowledge/effects.ts'
import { defineRule } from '../../rule.ts'
import { isTrue, memberAt } from '../../view/read-tree.ts'

export const retryWithoutKey = defineRule({
  code: 'lint/retry-without-key',
  severity: 'error',
  title: 'A write that is repeated without a key',
  why: 'When the answer of a write is lost, nobody knows whether it was done. Repeating a POST or PATCH then does it twice, unless the provider recognises the second one.',
  remedy: 'Send an idempotency key that the provider honours, or remove `retry.safe`.',
  bad: {
    part: 'action',
    yaml: 'actionId: add_person\nlabel: Add Person\ndescription: Adds a person to the firm.\nactionType: create\nsteps:\n  - stepId: add\n    stepFunction: {functionName: request, parameters: {url: /people, method: post}}\n    x-mainspring: {retry: {safe: true}}',
  },
  good: {
    part: 'action',
    yaml: 'actionId: add_person\nlabel: Add Person\ndescription: Adds a person to the firm.\nactionType: create\nsteps:\n  - stepId: add\n    stepFunction: {functionName: request, parameters: {url: /people, method: post}}',
  },
  visit: {
    step({ extension, calls, action }, report) {
      // GraphQL and SOAP read by POST.
      if (action.type === 'list' || action.type === 'get' || action.type === 'test') return
      const safe = memberAt(extension, 'retry', 'safe')
      if (safe === undefined || !isTrue(safe)) return
      const write = calls.find((call) => isWrite(call) && (call.method === 'post' || call.method === 'patch'))
      const keyed =
        write?.args.some(
          ({ name, in: where }) =>
            where === 'headers' && /idempot|request-?id|client-?token|dedup/i.test(name),
        ) === true
      const declared = memberAt(extension, 'retry', 'idempotencyKey') !== undefined
      if (write !== undefined && !keyed && !declared)
        report(safe, {
          message: `A lost answer would make this ${write.method} happen twice.`,
          related: write.url === undefined ? undefined : [{ message: 'The request.', at: write.url }],
        })
    },
  },
})
