import { type LeverData, type LeverRecord, leverId } from './lever-data.ts'
import { badRequest } from './lever-failure.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * A new opportunity with an application for each posting named. The person is known again by an e-mail address: the
 * opportunity then has the same `contact`.
 *
 * @throws {RestRefusal} a body or a field that is not as documented; nothing is added
 */
export function addOpportunity(
  data: LeverData,
  fields: Fields | undefined,
  user: string,
  at: number,
): LeverRecord {
  if (fields === undefined) throw badRequest('The body is not a JSON object')
  const text = (key: string) => {
    const value = fields[key]
    if (value === undefined || value === null) return null
    if (typeof value !== 'string') throw badRequest(`${key} must be a string`)
    return value
  }
  const texts = (key: string): readonly string[] => {
    const value = fields[key] ?? []
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
      throw badRequest(`${key} must be a list of strings`)
    return value
  }
  const emails = texts('emails')
  const stage = text('stage') ?? data.stages[0]?.id
  if (!data.stages.some(({ id }) => id === stage)) throw badRequest('stage names no stage')
  const wanted = texts('postings').map((id) => {
    const posting = data.postings.find((known) => known.id === id)
    if (posting === undefined) throw badRequest('postings names no posting')
    return posting
  })
  const known = data.opportunities.find(({ emails: own }) =>
    (own as readonly string[]).some((email) => emails.includes(email)),
  )
  const number = data.opportunities.length
  const id = leverId('added-opportunity', number)
  const name = text('name') ?? ''
  const phones = phonesOf(fields['phones'])
  const applications = wanted.map((posting, nth) => ({
    id: leverId(`added-application-${number}`, nth),
    type: 'user',
    opportunityId: id,
    posting: posting.id,
    postingOwner: posting['owner'],
    user,
    name,
    email: emails[0] ?? null,
    phone: phones[0] ?? null,
    company: null,
    links: [],
    comments: null,
    archived: null,
    createdAt: at,
  }))
  const opportunity = {
    id,
    name,
    contact: known?.['contact'] ?? leverId('added-contact', number),
    headline: text('headline') ?? '',
    stage,
    confidentiality: 'non-confidential',
    location: text('location'),
    phones,
    emails,
    links: texts('links'),
    archived: null,
    tags: texts('tags'),
    sources: texts('sources'),
    origin: text('origin') ?? 'sourced',
    sourcedBy: user,
    owner: text('owner') ?? user,
    followers: [user],
    applications: applications.map((application) => application.id),
    createdAt: at,
    updatedAt: at,
    lastInteractionAt: at,
    lastAdvancedAt: at,
    snoozedUntil: null,
    isAnonymized: false,
    urls: {
      list: 'https://hire.lever.example/candidates',
      show: `https://hire.lever.example/candidates/${id}`,
    },
  }
  data.opportunities.push(opportunity)
  data.applications.set(id, applications)
  data.notes.set(id, [])
  return opportunity
}

function phonesOf(value: unknown): readonly Fields[] {
  if (value === undefined || value === null) return []
  if (
    !Array.isArray(value) ||
    !value.every((phone) => typeof (phone as Fields | null)?.['value'] === 'string')
  )
    throw badRequest('phones must be a list of objects with a value')
  return value as readonly Fields[]
}
