import { existsSync, globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { compileConnector, explainAction, loadConnector, runAction } from '../../src/index.ts'
import { startMock } from '../../src/mock/index.ts'
import type { ConnectorPlan } from '../../src/plan/index.ts'
import { sampleInputs } from '../../src/plan/index.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const corpus = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url))
const published = ['bamboohr-unified', 'gong', 'lattice'].map((name) => `${corpus}${name}`)
const kinds = globSync('../fixtures/kinds/*', { cwd: here })
  .map((path) => `${here}${path}`)
  .toSorted()

const describeWithCorpus = existsSync(corpus) ? describe : describe.skip

function sampleCredentials(plan: ConnectorPlan): Record<string, string> {
  const fields = plan.authentications.flatMap(({ configFields, setupFields }) => [
    ...configFields,
    ...setupFields,
  ])
  return { accessToken: 'token-sample', ...Object.fromEntries(fields.map(({ key }) => [key, 'sample'])) }
}

async function runsWhole(path: string): Promise<void> {
  const { model, diagnostics } = await loadConnector(path)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  if (model === null) throw new Error('no model')
  const plan = compileConnector(model)
  const mock = await startMock(plan)
  try {
    for (const action of plan.actions) {
      for (const which of ['required', 'all'] as const) {
        const call = {
          inputs: sampleInputs(action, which),
          credentials: sampleCredentials(plan),
          origin: mock.origin,
        }
        const { requests } = explainAction(plan, action.id, call)
        expect(requests.length).toBeGreaterThan(0)
        const before = mock.asked.length
        const { data } = await runAction(plan, action.id, call)
        expect({ action: action.id, empty: data === undefined || data === null }).toEqual({
          action: action.id,
          empty: false,
        })
        expect(mock.asked.length).toBeGreaterThan(before)
      }
    }
  } finally {
    await mock.close()
  }
}

describeWithCorpus('a published definition', () => {
  test.each(published)('%s loads, and every action explains and runs against a mock of its plan', runsWhole)
})

describe('a definition of another published kind', () => {
  test.each(kinds)('%s loads, and every action explains and runs against a mock of its plan', runsWhole)
})
