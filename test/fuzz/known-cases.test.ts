import { expect, test } from '@jest/globals'
import { parseDefinition } from '../../src/definition/index.ts'
import { compileConnector, explainAction } from '../../src/index.ts'
import { parameterStyles, toolInputSchema } from '../../src/mcp/tools/parameter-style.ts'
import { startLinkedHub } from '../hub/linked-hub.ts'
import { soundDefinition } from './subjects/definitions.ts'

// Each was found by fuzzing, and ended in a failure of our own once.

test('an input that is declared twice, required both times, leaves the action callable', () => {
  const twice = '- { name: tag, type: string, in: query, required: true, description: A tag. }'
  const text = soundDefinition.replace('inputs:\n', `inputs:\n      ${twice}\n      ${twice}\n`)
  const { model } = parseDefinition({ root: 'acme.connector.s1.yaml', read: () => text })
  if (model === null) throw new Error('The connector does not load.')
  const plan = compileConnector(model)
  const action = plan.actions.find(({ id }) => id === 'list_people')
  if (action === undefined) throw new Error('There is no action.')
  const { requests } = explainAction(plan, action.id, {
    inputs: { tag: 'a' },
    credentials: { apiKey: 'k', tenant: 't' },
  })
  expect(requests).toHaveLength(1)
  for (const style of parameterStyles)
    expect(JSON.stringify(toolInputSchema(action, style))).not.toMatch(/"required":\["(\w+)","\1"/)
})

test('half of a character in the name of an input is no failure of the check', () => {
  const half = '- { name: "x\\ud800", type: string, in: query, description: Half. }'
  const text = soundDefinition.replace('inputs:\n', `inputs:\n      ${half}\n`)
  const { model } = parseDefinition({ root: 'acme.connector.s1.yaml', read: () => text })
  if (model === null) throw new Error('The connector does not load.')
  const { requests } = explainAction(compileConnector(model), 'list_people', {
    credentials: { apiKey: 'k', tenant: 't' },
  })
  expect(requests).toHaveLength(1)
})

test('a page beyond all counting is refused', async () => {
  const hub = await startLinkedHub()
  try {
    const { status } = await hub.call('GET', `/accounts?page=${'9'.repeat(30)}`)
    expect(status).toBe(400)
  } finally {
    await hub.close()
  }
})
