import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Caller, callerOf, closeSandboxes, sandboxFor } from './caller.ts'

let call: Caller
let person: string

beforeEach(async () => {
  call = callerOf(await sandboxFor({ people: 60 }))
  person = (await call('POST', '/people', { person: { name: 'Ines Okafor' } })).body.person.id
})
afterEach(closeSandboxes)

const add = (part: string, body: unknown) => call('POST', `/people/${person}/${part}`, body)
const read = async () => (await call('GET', `/people/${person}`)).body.person

async function expectRefused(part: string, body: unknown, message: string) {
  expect(await add(part, body)).toMatchObject({ status: 422, body: { message } })
}

describe('email addresses', () => {
  test('are added under "email" and answered as personEmailAddress', async () => {
    const { status, body } = await add('email_addresses', {
      email: { address: 'i@example.com', location: 'work' },
    })
    expect(status).toBe(201)
    const { id, locationTypeId } = body.personEmailAddress
    expect(await read()).toMatchObject({
      preferredEmailAddress: 'i@example.com',
      emails: [{ id, address: 'i@example.com', locationTypeId }],
    })
  })

  test('need the wrapper and a plausible address', async () => {
    await expectRefused(
      'email_addresses',
      { email_address: { address: 'i@example.com' } },
      'email is missing',
    )
    await expectRefused('email_addresses', { email: {} }, "address can't be blank")
    await expectRefused('email_addresses', { email: { address: 'ines' } }, 'address is not an email address')
    expect((await read()).emails).toBeNull()
  })

  test('of one location word share a location type', async () => {
    const work = await add('email_addresses', { email: { address: 'a@example.com', location: 'work' } })
    const home = await add('email_addresses', { email: { address: 'b@example.com', location: 'home' } })
    const phone = await add('phone_numbers', { phone_number: { digits: '1', location: 'work' } })
    const type = work.body.personEmailAddress.locationTypeId
    expect(phone.body.personPhoneNumber.locationTypeId).toBe(type)
    expect(home.body.personEmailAddress.locationTypeId).not.toBe(type)
  })
})

describe('phone numbers', () => {
  test.each([
    [{ digits: '+44 (0)20 7946-0958' }, '4402079460958', null],
    [{ digits: '020 7946 0958 ext. 12' }, '02079460958', '12'],
    [{ digits: '5551234x9' }, '5551234', '9'],
    [{ digits: '555 1234', extension: '77' }, '5551234', '77'],
  ])('keep only the digits of %j and split the extension off', async (phone, digits, extension) => {
    const { body } = await add('phone_numbers', { phone_number: phone })
    expect(body.personPhoneNumber).toMatchObject({ digits, extension })
    expect(await read()).toMatchObject({
      preferredPhoneNumber: digits,
      phoneNumbers: [{ digits, extension }],
    })
  })

  test('take the wrapper in camelCase, too', async () => {
    expect((await add('phone_numbers', { phoneNumber: { digits: '1' } })).status).toBe(201)
  })

  test('need digits', async () => {
    await expectRefused('phone_numbers', { phone_number: { digits: 'none' } }, 'digits has no digits')
    await expectRefused('phone_numbers', { phone: { digits: '1' } }, 'phone_number is missing')
  })
})

describe('addresses', () => {
  test('are added with either casing of each field', async () => {
    const [region] = (await call('GET', '/regions?limit=1')).body.regions
    const address = {
      city: 'Lisbon',
      state: 'Lisboa',
      street_2: '3 E',
      postalCode: '1100',
      region_id: region.id,
    }
    const { status, body } = await add('addresses', {
      address: { ...address, street: 'Rua 1', country: 'Portugal' },
    })
    expect(status).toBe(201)
    expect(body.personAddress).toMatchObject({ street2: '3 E', postalCode: '1100', regionId: region.id })
    expect((await read()).preferredAddress).toBe('Rua 1, Lisbon, Lisboa, Portugal')
  })

  test('need city and state, and a region that exists', async () => {
    await expectRefused('addresses', { address: { state: 'Lisboa' } }, "city can't be blank")
    await expectRefused('addresses', { address: { city: 'Lisbon' } }, "state can't be blank")
    const address = { city: 'Lisbon', state: 'Lisboa', regionId: 'x' }
    await expectRefused('addresses', { address }, 'region_id is no region of this firm')
  })
})

describe('LinkedIn URLs', () => {
  const url = 'https://www.linkedin.com/in/ines-of-lisbon'

  test('are added, and a person may hold several', async () => {
    const { status, body } = await add('linkedin_urls', { linkedin_url: { url } })
    expect(status).toBe(201)
    expect(body.personLinkedinUrl).toEqual({ id: expect.any(String), url })
    expect((await add('linkedin_urls', { linkedin_url: { url: `${url}-2` } })).status).toBe(201)
    expect((await read()).preferredLinkedinUrl).toBe(url)
  })

  test('are unique in a firm, however they are spelled, and free in another firm', async () => {
    const sandbox = await sandboxFor({ people: 60 })
    const [first, second] = [callerOf(sandbox, 0), callerOf(sandbox, 1)]
    const path = async (caller: Caller, row: number) => {
      const { body } = await caller('GET', `/people?limit=1&offset=${row}`)
      return `/people/${body.people[0].id}/linkedin_urls`
    }
    const spelled = 'http://uk.linkedin.com/in/Ines-of-Lisbon/?trk=x'
    expect((await first('POST', await path(first, 5), { linkedin_url: { url } })).status).toBe(201)
    expect(await first('POST', await path(first, 6), { linkedin_url: { url: spelled } })).toMatchObject({
      status: 422,
      body: { message: 'url has already been taken' },
    })
    expect((await second('POST', await path(second, 5), { linkedin_url: { url } })).status).toBe(201)
  })

  test('that somebody has from the start are taken', async () => {
    const rows = (await call('GET', '/people_search?limit=50')).body.peopleSearch
    const taken = rows.find(
      (row: { preferredLinkedinUrl: string | null }) => row.preferredLinkedinUrl !== null,
    )
    await expectRefused(
      'linkedin_urls',
      { linkedin_url: { url: taken.preferredLinkedinUrl } },
      'url has already been taken',
    )
  })

  test('must be profiles', async () => {
    for (const bad of ['ines', 'https://example.com/in/ines', 'https://www.linkedin.com/company/x']) {
      await expectRefused('linkedin_urls', { linkedin_url: { url: bad } }, 'url is not a LinkedIn profile')
    }
  })
})

describe('positions', () => {
  test('take the company of companyId even where companyName says otherwise', async () => {
    const [company] = (await call('GET', '/companies?limit=1')).body.companies
    const position = {
      title: 'CFO',
      startMonth: 2,
      start_year: 2021,
      companyId: company.id,
      companyName: 'Else',
    }
    const { status, body } = await add('positions', { position })
    expect(status).toBe(201)
    const added = {
      id: expect.any(String),
      title: 'CFO',
      isCurrent: true,
      startMonth: 2,
      startYear: 2021,
      endMonth: null,
      endYear: null,
      company,
    }
    expect(body.personPosition).toEqual(added)
    expect((await call('GET', `/people/${person}/positions`)).body).toEqual({ personPositions: [added] })
    expect((await read()).positions).toMatchObject([
      { companyName: company.name, startDate: '2021-02-01 00:00:00', type: 'current' },
    ])
  })

  test('find a company by its name, or make a new one', async () => {
    const [company] = (await call('GET', '/companies?limit=1')).body.companies
    const known = await add('positions', { position: { companyName: company.name.toUpperCase() } })
    expect(known.body.personPosition.company).toEqual(company)
    const fresh = await add('positions', { position: { company_name: 'Fjord Ferries', endYear: 2020 } })
    expect(fresh.body.personPosition).toMatchObject({ isCurrent: false, company: { name: 'Fjord Ferries' } })
    const companies = (await call('GET', '/companies?limit=100')).body.companies
    expect(companies.at(-1)).toEqual(fresh.body.personPosition.company)
  })

  test('need a field, whole numbers and a known company', async () => {
    await expectRefused('positions', { position: {} }, 'position has no field')
    await expectRefused(
      'positions',
      { position: { startYear: '2021' } },
      'start_year must be a whole number from 1900 to 2100',
    )
    await expectRefused(
      'positions',
      { position: { startMonth: 13 } },
      'start_month must be a whole number from 1 to 12',
    )
    await expectRefused(
      'positions',
      { position: { companyId: 'x' } },
      'company_id is no company of this firm',
    )
  })

  test('are answered as "position" with the alternative envelopes', async () => {
    const other = callerOf(await sandboxFor({ people: 5, envelopes: 'alternative' }))
    const [{ id }] = (await other('GET', '/people')).body.people
    const { body } = await other('POST', `/people/${id}/positions`, { position: { title: 'CFO' } })
    expect(Object.keys(body)).toEqual(['position'])
  })
})

describe('tags', () => {
  test('are added once, under person_tag', async () => {
    const [tag] = (await call('GET', '/tags?limit=1')).body.tags
    const first = await add('tags', { person_tag: { tag_id: tag.id } })
    expect(first.status).toBe(201)
    expect(first.body.personTag).toEqual({ id: expect.any(String), tagId: tag.id, name: tag.name })
    const again = await add('tags', { personTag: { tagId: tag.id } })
    expect(again).toMatchObject({ status: 200, body: first.body })
    expect((await read()).tags).toEqual([{ name: tag.name }])
  })

  test('must exist', async () => {
    await expectRefused('tags', { person_tag: { tag_id: 'x' } }, 'tag_id is no tag of this firm')
    await expectRefused('tags', { tag: { tag_id: 'x' } }, 'person_tag is missing')
  })
})
