import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import nock from 'nock'
import { runAction } from '../../src/engine/index.ts'
import { compileConnector, loadConnector } from '../../src/plan/index.ts'

interface Example {
  readonly inputs: Readonly<Record<string, unknown>>
  readonly request: { readonly method: string; readonly path: string; readonly body: unknown }
  readonly response: { readonly status: number; readonly body: unknown }
  readonly data: unknown
}

const folder = import.meta.dirname
const credentials = {
  host: 'services1.myworkday.com',
  tenant: 'acme',
  username: 'ISU_Mainspring@acme',
  password: 'example-password',
}
const examples = readdirSync(join(folder, 'examples')).map((file): [string, Example] => [
  file.replace(/\.json$/, ''),
  JSON.parse(readFileSync(join(folder, 'examples', file), 'utf8')) as Example,
])
const { model, diagnostics } = await loadConnector(folder)
if (model === null) throw new Error(JSON.stringify(diagnostics, null, 2))
const plan = compileConnector(model)

beforeAll(() => nock.disableNetConnect())
afterEach(() => nock.cleanAll())
afterAll(() => {
  nock.enableNetConnect()
  nock.restore()
})

/** The password of a recorded request is masked. */
function bodyOf({ request }: Example): string {
  return String(request.body).replace('***', credentials.password)
}

describe('the definition', () => {
  test('loads without a complaint, with an example of each action', () => {
    expect(diagnostics).toEqual([])
    expect(examples.map(([id]) => id).toSorted()).toEqual(plan.actions.map(({ id }) => id).toSorted())
  })

  test('claims no more than public documentation says', () => {
    for (const { stage, evidence } of plan.actions)
      expect({ stage, request: evidence?.request, response: evidence?.response }).toEqual({
        stage: 'beta',
        request: 'C',
        response: 'C',
      })
  })

  test('reads by POST, and says so', () => {
    const reads = plan.actions.filter(({ effect }) => effect === 'read').map(({ id }) => id)
    expect(reads).toEqual([
      'list_candidates',
      'get_candidate',
      'list_job_requisitions',
      'list_job_postings',
      'list_workers',
    ])
  })
})

test.each(examples)(
  '%s sends what was recorded, each byte of it, and gives what was recorded',
  async (id, example) => {
    const { request, response } = example
    const scope = nock('https://services1.myworkday.com', {
      reqheaders: { accept: 'text/xml', 'content-type': 'text/xml; charset=utf-8' },
    })
      .intercept(request.path, request.method, (body) => {
        expect(typeof body === 'string' ? body : JSON.stringify(body)).toBe(bodyOf(example))
        return true
      })
      .reply(response.status, String(response.body), { 'content-type': 'text/xml; charset=utf-8' })
    const { data } = await runAction(plan, id, { inputs: example.inputs, credentials })
    expect(data).toEqual(example.data)
    expect(scope.isDone()).toBe(true)
  },
)
