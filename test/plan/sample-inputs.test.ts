import { expect, test } from '@jest/globals'
import { openCatalog } from '../../src/catalog/index.ts'
import { sampleInputs } from '../../src/plan/index.ts'
import { repository } from '../cli/run-cli.ts'

test('every action of Clockwork takes its samples', async () => {
  const plan = await (await openCatalog(`${repository}/connectors`)).connector('clockwork')
  const refused = plan.actions.flatMap((action) =>
    (['required', 'all'] as const).flatMap((which) => {
      const inputs = sampleInputs(action, which)
      return action.checkInputs(inputs).map((problem) => ({ action: action.id, which, inputs, problem }))
    }),
  )
  expect(refused).toEqual([])
})

test('the example of a description is taken', async () => {
  const plan = await (await openCatalog(`${repository}/connectors`)).connector('clockwork')
  const create = plan.actionsById['create_person']
  if (create === undefined) throw new Error('no such action')
  expect(sampleInputs(create)).toEqual({ name: 'Ines Okafor' })
  expect(sampleInputs(create, 'all')).toMatchObject({
    do_not_contact: false,
    tag_names: ['Food and Drink', 'Board'],
  })
})

test('rules over several inputs are met with one more input', async () => {
  const plan = await (await openCatalog(`${repository}/connectors`)).connector('clockwork')
  const add = plan.actionsById['add_person_position']
  if (add === undefined) throw new Error('no such action')
  expect(Object.keys(sampleInputs(add)).length).toBeGreaterThan(1)
})
