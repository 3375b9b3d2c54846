import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { type ConnectorPlan, createFlow, explainAction, type RunOptions, runAction } from '../../src/index.ts'
import { type LeverSandbox, parseFault, startLeverSandbox } from '../../src/sandbox/index.ts'
import { compileFrom } from './ways/ways.ts'

let plan: ConnectorPlan
let sandbox: LeverSandbox
let options: RunOptions
let author_id: string

beforeAll(async () => {
  plan = await compileFrom('lever')
  sandbox = await startLeverSandbox({ port: 0, opportunities: 3 })
  const { data } = await runAction(plan, 'list_opportunities', sandbox)
  author_id = String((data as { owner: unknown }[])[0]?.owner)
})
beforeEach(() => {
  sandbox.reset()
  // A pause that the provider asked for in one test is none of the next one's.
  options = { origin: sandbox.origin, credentials: sandbox.credentials, flow: createFlow() }
})
afterAll(() => sandbox.close())

const run = (action: string, inputs: object, more: RunOptions = {}) =>
  runAction(plan, action, { ...options, inputs: { ...inputs }, ...more })
const create = (more: object = {}) =>
  run('unified_create_candidate', { author_id, name: 'Ada Byron', ...more })
const named = async (name: string) =>
  ((await run('list_opportunities', {})).data as { name: string; id: string }[]).filter(
    (opportunity) => opportunity.name === name,
  )
const notes = [{ content: 'one' }, { content: 'two' }, { content: 'three' }]
const posts = () => sandbox.requests.filter(({ method }) => method === 'POST').map(({ status }) => status)
const done = { status: 'done', id: expect.any(String) }

test.each([0, 1, 2, 3])('a list of %i e-mail addresses and links is sent as a list', (count) => {
  const emails = Array.from({ length: count }, (_, index) => ({ value: `a${index}@example.com` }))
  const social_links = emails.map((_, index) => ({ url: `https://example.com/${index}` }))
  const { requests } = explainAction(plan, 'unified_create_candidate', {
    credentials: sandbox.credentials,
    inputs: { author_id, name: 'Ada Byron', emails, social_links },
  })
  const body = requests[0]?.body as Record<string, unknown>
  expect(body['emails']).toEqual(count === 0 ? undefined : emails.map(({ value }) => value))
  expect(body['links']).toEqual(count === 0 ? undefined : social_links.map(({ url }) => url))
})

test('a note that is refused is told with the words of Lever, and the others are written', async () => {
  sandbox.setFaults([
    parseFault('status@/v1/opportunities/*/notes:status=422,times=1,after=1,body={"message":"too long"}'),
  ])
  const { data, meta } = await create({ notes })
  const failed = {
    status: 'failed',
    code: 'provider/refused',
    http_status: 422,
    provider_message: 'too long',
  }
  expect(data).toMatchObject({ complete: false, parts: { notes: [done, failed, done] } })
  expect(meta.warnings?.length).toBeGreaterThan(0)
  const [{ id: candidate_id = '' } = {}, ...others] = await named('Ada Byron')
  expect(others).toEqual([])
  const written = await run('unified_list_candidate_notes', { candidate_id })
  expect((written.data as { content: string }[]).map(({ content }) => content)).toEqual(['one', 'three'])
})

test('a note whose answer is lost is unknown and not written again', async () => {
  sandbox.setFaults([parseFault('drop-after@/v1/opportunities/*/notes:times=1')])
  const { data } = await create({ notes: notes.slice(0, 1) })
  expect(data).toMatchObject({ complete: false, parts: { notes: [{ status: 'unknown' }] } })
  expect(posts()).toHaveLength(2)
})

test('after a token that is refused the notes that are left are skipped, and the candidate is named', async () => {
  sandbox.setFaults([parseFault('status@/v1/opportunities/*/notes:status=401,after=1')])
  const { data } = await create({ notes })
  expect(data).toMatchObject({
    id: expect.any(String),
    complete: false,
    parts: {
      notes: [
        done,
        { status: 'failed', code: 'auth/rejected' },
        { status: 'skipped', code: 'auth/rejected' },
      ],
    },
  })
})

test('a candidate that is refused has no notes, and one whose answer is lost is an unknown outcome', async () => {
  await expect(create({ job_ids: ['nowhere'], notes })).rejects.toMatchObject({
    code: 'provider/refused',
    status: 400,
    providerMessage: 'postings names no posting',
  })
  expect(posts()).toEqual([400])
  sandbox.setFaults([parseFault('drop-after@/v1/opportunities:times=1')])
  await expect(create({ notes })).rejects.toMatchObject({ code: 'write/outcome-unknown' })
  expect(await named('Ada Byron')).toHaveLength(1)
  expect(posts()).toHaveLength(2)
})

test('what is missing, of another type or unknown is refused before anything is sent', async () => {
  const wrong = [
    { author_id: '' },
    { emails: ['a@example.com'] },
    { phone_numbers: [{ value: '1', type: 'pager' }] },
    { tag_ids: ['x'] },
    { name: null },
  ]
  for (const inputs of wrong)
    await expect(create(inputs)).rejects.toMatchObject({ code: expect.stringMatching(/^input\//) })
  expect(posts()).toEqual([])
})
