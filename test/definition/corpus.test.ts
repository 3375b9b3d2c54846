import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { loadDefinition } from '../../src/definition/index.ts'

const corpus = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url))
const clockwork = fileURLToPath(new URL('../../connectors/clockwork', import.meta.url))

const testWithCorpus = existsSync(corpus) ? test : test.skip

testWithCorpus.each(['bamboohr-unified', 'gong', 'lattice'])(
  'the published definition %s loads without an error',
  async (name) => {
    const { model, diagnostics } = await loadDefinition(`${corpus}${name}`)
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(model?.definition.actions.length).toBeGreaterThan(0)
  },
)

test('the Clockwork connector loads without a finding', async () => {
  const { model, diagnostics } = await loadDefinition(clockwork)
  expect(diagnostics).toEqual([])
  expect(model?.key).toBe('clockwork')
})
