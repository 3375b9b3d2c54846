import { expect, test } from '@jest/globals'
import { compileConnector, loadConnector } from '../../src/plan/index.ts'

async function outputOf(connector: string, action: string) {
  const { model } = await loadConnector(new URL(`../../connectors/${connector}`, import.meta.url).pathname)
  if (model === null) throw new Error('it does not load')
  return compileConnector(model).actionsById[action]?.outputSchema
}

test('a mapped listing is a list of the fields of the mapping, the custom ones apart', async () => {
  expect(await outputOf('lever', 'unified_list_candidates')).toMatchObject({
    type: 'array',
    items: {
      type: 'object',
      properties: {
        id: { type: ['string', 'null'] },
        phone_numbers: {
          type: ['array', 'null'],
          items: { type: 'object', properties: { type: {}, value: { type: ['string', 'null'] } } },
        },
        unified_custom_fields: { type: 'object', properties: { contact_id: {} } },
      },
    },
  })
  expect(await outputOf('clockwork', 'unified_list_applications')).toMatchObject({
    items: { properties: { unified_custom_fields: { properties: { rank: { type: ['number', 'null'] } } } } },
  })
})

test('what is not mapped is as before', async () => {
  expect(await outputOf('lever', 'list_stages')).toEqual({ type: 'array', items: { type: 'object' } })
  expect(await outputOf('dropbox', 'delete_file')).toEqual({ type: 'object', required: ['id'] })
})
