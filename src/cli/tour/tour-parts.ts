import { isRecord } from '../../http/index.ts'
import { tourConnector } from './tour-connector.ts'
import { TourFailure, type TourGuide } from './tour-guide.ts'

/** One stop of the tour. What it learns, such as the id of the person made, the later ones use. */
export interface TourPart {
  readonly title: string
  visit(guide: TourGuide, found: TourFinds): Promise<void>
}

export interface TourFinds {
  sessionToken?: string
  accountId?: string
  personId?: string
}

const personName = 'Ines Okafor'
const unknownId = '00000000-0000-4000-8000-000000000000'

const owner = { origin_owner_id: 'customer-1', origin_owner_name: 'Acme Search' }

export const tourParts: readonly TourPart[] = [
  {
    title: 'Let a customer link an account: a connect session',
    async visit(guide, found) {
      const session = await guide.ask('POST', '/connect_sessions', 201, {
        body: { ...owner, provider: tourConnector.key },
      })
      found.sessionToken = textAt(session, 'token')
      expectThat(textAt(session, 'auth_link_url').includes('/connect/'), 'an auth link')
    },
  },
  {
    title: 'A wrong secret is found out before anything is stored',
    async visit(guide, found) {
      const refusal = await guide.ask('POST', '/hub/accounts', 422, {
        ...linkRequest({ ...guide.credentials, firmServiceKey: 'not-the-key' }),
        sessionToken: sessionOf(found),
      })
      expectThat(textAt(refusal, 'message').includes('Firm Service Key'), 'the field that is likely wrong')
    },
  },
  {
    title: 'Link the account: the four values are tested at the provider, then encrypted',
    async visit(guide, found) {
      const linked = await guide.ask('POST', '/hub/accounts', 201, {
        ...linkRequest(guide.credentials),
        sessionToken: sessionOf(found),
      })
      found.accountId = idOf(linked)
      await guide.useAccount(found.accountId)
    },
  },
  {
    title: 'See it among the accounts, without its secrets',
    async visit(guide, found) {
      const accounts = await guide.ask('GET', '/accounts', 200)
      expectThat(rowIds(accounts).includes(found.accountId), 'the account just linked')
      expectThat(!JSON.stringify(accounts).includes(guide.credentials['apiSecret'] ?? ''), 'no secret')
    },
  },
  {
    title: 'List page by page, then everything as a stream of rows',
    async visit(guide) {
      const first = await guide.call('list_people', { page_size: 5 })
      expectThat(first.next !== undefined, 'a cursor to the next page')
      const second = await guide.call('list_people', { page_size: 5, cursor: first.next })
      const ids = new Set([...rowIds(first.data), ...rowIds(second.data)])
      expectThat(ids.size === 10, 'ten different people on two pages')
      const all = await guide.callThrough('list_people', { page_size: 100 })
      expectThat(all.length > 100, 'more than one page of people')
    },
  },
  {
    title: 'Create a person with e-mail, phone, position and tag',
    async visit(guide, found) {
      const { data } = await guide.call('create_person', { name: personName })
      const personId = idOf(data)
      found.personId = personId
      await guide.call('add_person_email_address', {
        person_id: personId,
        address: 'ines@example.com',
        location: 'work',
      })
      await guide.call('add_person_phone_number', {
        person_id: personId,
        digits: '+351 21 555 0100',
        location: 'work',
      })
      await guide.call('add_person_position', {
        person_id: personId,
        title: 'Chief Operating Officer',
        start_year: 2021,
        company_name: 'Harbor Foods',
      })
      const tags = await guide.call('list_tags', { page_size: 1 })
      const [tag] = Array.isArray(tags.data) ? tags.data : []
      await guide.call('add_person_tag', { person_id: personId, tag_id: idOf(tag) })
    },
  },
  {
    title: 'Read it back',
    async visit(guide, found) {
      expectThat(found.personId !== undefined, 'the person of the part before')
      const positions = await guide.call('list_person_positions', { person_id: found.personId })
      expectThat(Array.isArray(positions.data) && positions.data.length === 1, 'one position')
      const { data } = await guide.call('search_people', { query: personName })
      expectThat(rowIds(data).includes(found.personId), 'the new person among those found')
    },
  },
  {
    title: 'A wrong input is refused before anything is sent',
    visit: (guide) => guide.callInVain('list_people', { page_size: 0 }, 'input/invalid'),
  },
  {
    title: 'An error of the provider has a code, its words and a hint',
    visit: (guide) => guide.callInVain('get_note', { note_id: unknownId }, 'provider/not-found'),
  },
  {
    title: 'Explain: the exact request, secrets masked, nothing sent',
    visit: (guide) => guide.explain('create_person', { name: personName }),
  },
]

function expectThat(holds: boolean, what: string): asserts holds {
  if (!holds) throw new TourFailure(`Expected ${what}.`)
}

function rowIds(data: unknown): readonly unknown[] {
  return Array.isArray(data) ? data.map((row) => (isRecord(row) ? row['id'] : undefined)) : []
}

function idOf(record: unknown): string {
  const id = isRecord(record) ? record['id'] : undefined
  expectThat(typeof id === 'string', 'a record with an id')
  return id
}

function linkRequest(credentials: Readonly<Record<string, string>>) {
  const { firmName, ...secrets } = credentials
  const shown = [`firmName=${firmName}`, ...Object.keys(secrets).map((key) => `${key}=***`)].join(' ')
  return { body: { integration_id: tourConnector.integration, credentials }, shown }
}

function sessionOf({ sessionToken }: TourFinds): string {
  expectThat(sessionToken !== undefined, 'the connect session of the first part')
  return sessionToken
}

function textAt(record: unknown, key: string): string {
  const text = isRecord(record) ? record[key] : undefined
  expectThat(typeof text === 'string', `a text "${key}"`)
  return text
}
