import { normalLinkedinUrl } from '../data/firm.ts'
import type { Named } from '../data/records.ts'
import {
  addressView,
  emailView,
  linkedinUrlView,
  personTagView,
  phoneView,
  positionView,
} from '../data/views.ts'
import { unprocessable } from '../refusal.ts'
import type { WriteFields } from '../write-fields.ts'
import type { Call, Route } from './route.ts'

function located({ firm, now }: Call, fields: WriteFields) {
  const word = fields.text('location')
  return { locationTypeId: word === null ? null : firm.locationTypeId(word), createdAt: now, updatedAt: now }
}

const addEmail: Route = {
  method: 'POST',
  path: '/people/:personId/email_addresses',
  evidence: 'A',
  handle(call) {
    call.personIndex()
    const fields = call.fields('email')
    const address = fields.requiredText('address').trim()
    if (!/^[^\s@]+@[^\s@]+$/.test(address)) throw unprocessable('address is not an email address')
    const email = { id: call.firm.newId('email'), address, ...located(call, fields) }
    call.editPerson().emails.push(email)
    return { status: 201, body: { personEmailAddress: emailView(email) } }
  },
}

/** Only the digits are kept, and an extension written behind them is split off, as the product's import does (C). */
const addPhone: Route = {
  method: 'POST',
  path: '/people/:personId/phone_numbers',
  evidence: 'A',
  handle(call) {
    call.personIndex()
    const fields = call.fields('phoneNumber')
    const [main = '', behind = ''] = fields.requiredText('digits').split(/(?:ext(?:ension)?\.?|x|#)/i)
    const digits = onlyDigits(main)
    if (digits === '') throw unprocessable('digits has no digits')
    const extension = onlyDigits(fields.text('extension') ?? behind) || null
    const phone = { id: call.firm.newId('phone'), digits, extension, ...located(call, fields) }
    call.editPerson().phones.push(phone)
    return { status: 201, body: { personPhoneNumber: phoneView(phone) } }
  },
}

const onlyDigits = (text: string): string => text.replace(/\D/g, '')

const addAddress: Route = {
  method: 'POST',
  path: '/people/:personId/addresses',
  evidence: 'A',
  handle(call) {
    call.personIndex()
    const fields = call.fields('address')
    const regionId = fields.text('regionId')
    if (regionId !== null && call.firm.regions.indexOf(regionId) === -1) {
      throw unprocessable('region_id is no region of this firm')
    }
    const address = {
      id: call.firm.newId('address'),
      city: fields.requiredText('city'),
      state: fields.requiredText('state'),
      street: fields.text('street'),
      street2: fields.text('street2'),
      postalCode: fields.text('postalCode'),
      country: fields.text('country'),
      regionId,
      ...located(call, fields),
    }
    call.editPerson().addresses.push(address)
    return { status: 201, body: { personAddress: addressView(address) } }
  },
}

/** A URL is unique in a firm, and a person may hold several (C). */
const addLinkedinUrl: Route = {
  method: 'POST',
  path: '/people/:personId/linkedin_urls',
  evidence: 'A',
  handle(call) {
    const { firm } = call
    call.personIndex()
    const url = normalLinkedinUrl(call.fields('linkedinUrl').requiredText('url'))
    if (url === null) throw unprocessable('url is not a LinkedIn profile')
    if (firm.linkedinUrlTaken(url)) throw unprocessable('url has already been taken')
    const person = call.editPerson()
    const linkedinUrl = { id: firm.newId('linkedinUrl'), url }
    person.linkedinUrls.push(linkedinUrl)
    firm.linkedinUrlAdded(url, person.id)
    return { status: 201, body: { personLinkedinUrl: linkedinUrlView(linkedinUrl) } }
  },
}

const positionFields = ['title', 'startMonth', 'startYear', 'endMonth', 'endYear', 'companyId', 'companyName']

const addPosition: Route = {
  method: 'POST',
  path: '/people/:personId/positions',
  evidence: 'A',
  handle(call) {
    call.personIndex()
    const fields = call.fields('position')
    if (!positionFields.some((name) => fields.has(name))) throw unprocessable('position has no field')
    const position = {
      id: call.firm.newId('position'),
      title: fields.text('title'),
      startMonth: fields.integer('startMonth', 1, 12),
      startYear: fields.integer('startYear', 1900, 2100),
      endMonth: fields.integer('endMonth', 1, 12),
      endYear: fields.integer('endYear', 1900, 2100),
      company: givenCompany(call, fields.text('companyId'), fields.text('companyName')),
    }
    call.editPerson().positions.push(position)
    const key = call.settings.envelopes === 'pattern' ? 'personPosition' : 'position'
    return { status: 201, body: { [key]: positionView(position) } }
  },
}

/** `companyId` overrides `companyName` (A); a name the firm does not have becomes a new company (a guess, E). */
function givenCompany({ firm }: Call, companyId: string | null, companyName: string | null): Named | null {
  if (companyId !== null) {
    const company = firm.companies.find(companyId)
    if (company === undefined) throw unprocessable('company_id is no company of this firm')
    return company
  }
  const name = companyName?.trim() ?? ''
  if (name === '') return null
  for (const company of firm.companies.slice(0, firm.companies.size)) {
    if (company.name.toLowerCase() === name.toLowerCase()) return company
  }
  return firm.companies.add((id) => ({ id, name }))
}

const listPositions: Route = {
  method: 'GET',
  path: '/people/:personId/positions',
  evidence: 'B',
  handle: (call) => ({ status: 200, body: { personPositions: call.person().positions.map(positionView) } }),
}

/** A tag the person has already is answered with the same record (a guess, E). */
const addTag: Route = {
  method: 'POST',
  path: '/people/:personId/tags',
  evidence: 'A',
  handle(call) {
    const { firm } = call
    const person = call.person()
    const tag = firm.tags.find(call.fields('personTag').requiredText('tagId'))
    const had = person.tags.find((candidate) => candidate.tag.id === tag?.id)
    if (tag === undefined) throw unprocessable('tag_id is no tag of this firm')
    if (had !== undefined) return { status: 200, body: { personTag: personTagView(had) } }
    const personTag = { id: firm.newId('personTag'), tag }
    call.editPerson().tags.push(personTag)
    return { status: 201, body: { personTag: personTagView(personTag) } }
  },
}

export const personPartRoutes: readonly Route[] = [
  addEmail,
  addPhone,
  addAddress,
  addLinkedinUrl,
  addPosition,
  listPositions,
  addTag,
]
