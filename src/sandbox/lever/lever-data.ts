import { createHash } from 'node:crypto'
import { firstNames, lastNames } from '../data/words.ts'

export type LeverRecord = Record<string, unknown> & { readonly id: string }

/** What one Lever account holds. */
export interface LeverData {
  readonly users: readonly LeverRecord[]
  readonly stages: readonly LeverRecord[]
  readonly postings: readonly LeverRecord[]
  readonly opportunities: LeverRecord[]
  /** By opportunity. */
  readonly applications: Map<string, readonly LeverRecord[]>
  /** By opportunity. */
  readonly notes: Map<string, LeverRecord[]>
}

const start = Date.UTC(2025, 0, 6, 9)
const day = 86_400_000
const stageNames = ['New lead', 'Reached out', 'Applicant', 'Phone interview', 'On-site interview', 'Offer']
const postingTexts = [
  'Infrastructure Engineer',
  'Recruiter',
  'Product Designer',
  'Account Executive',
  'Data Analyst',
]
const states = ['published', 'internal', 'closed', 'draft', 'published']

/** The same invented account each time. Times are milliseconds, as Lever writes them. */
export function createLeverData(count: number): LeverData {
  const users = [{ id: leverId('user', 0), name: 'Rosa Mendel', email: 'rosa@lever.example' }]
  const userId = leverId('user', 0)
  const stages = stageNames.map((text, index) => ({ id: leverId('stage', index), text }))
  const postings = Array.from({ length: 24 }, (_, index) => createPosting(index, userId))
  const applications = new Map<string, LeverRecord[]>()
  const notes = new Map<string, LeverRecord[]>()
  const opportunities = Array.from({ length: count }, (_, index) => {
    const made = createOpportunity(index, stages, userId)
    const own = Array.from({ length: index % 3 }, (_, nth) => createApplication(made, index, nth, postings))
    applications.set(made.id, own)
    notes.set(
      made.id,
      Array.from({ length: index === 0 ? 130 : index % 2 }, (_, nth) =>
        createNote(leverId(`note-${index}`, nth), `Note ${nth + 1}`, userId, start + nth * day),
      ),
    )
    return { ...made, applications: own.map(({ id }) => id) }
  })
  return { users, stages, postings, opportunities, applications, notes }
}

/** A UUID that depends on nothing but its kind and number. */
export function leverId(kind: string, index: number): string {
  const hex = createHash('sha256').update(`lever ${kind} ${index}`).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

export function createNote(id: string, value: string, user: string, at: number): LeverRecord {
  return {
    id,
    text: 'Note',
    fields: [{ type: 'note', text: 'Note', value, score: null, stage: null, user, createdAt: at }],
    user,
    secret: false,
    completedAt: at,
    createdAt: at,
    deletedAt: null,
  }
}

function createPosting(index: number, user: string): LeverRecord {
  const id = leverId('posting', index)
  const createdAt = start - index * day
  return {
    id,
    text: postingTexts[index % postingTexts.length],
    state: states[index % states.length],
    createdAt,
    updatedAt: createdAt + 5 * day,
    user,
    owner: user,
    hiringManager: null,
    confidentiality: 'non-confidential',
    categories: {
      team: 'Platform',
      department: 'Engineering',
      location: index % 2 === 0 ? 'Lisbon' : 'Remote',
      commitment: 'Full-time',
    },
    tags: [],
    reqCode: index % 4 === 0 ? `REQ-${index}` : null,
    workplaceType: index % 2 === 0 ? 'onsite' : 'remote',
    urls: {
      list: 'https://jobs.lever.example/acme',
      show: `https://jobs.lever.example/acme/${id}`,
      apply: `https://jobs.lever.example/acme/${id}/apply`,
    },
  }
}

function createOpportunity(index: number, stages: readonly LeverRecord[], owner: string): LeverRecord {
  const id = leverId('opportunity', index)
  const name = `${firstNames[index % firstNames.length]} ${lastNames[(index * 7) % lastNames.length]}`
  const mail = name.toLowerCase().replaceAll(/[^a-z]+/g, '.')
  const createdAt = start + index * 3_600_000
  return {
    id,
    name,
    contact: leverId('contact', index),
    headline: index % 3 === 0 ? 'Harbor Foods, Northgate Rail' : '',
    stage: stages[index % stages.length]?.id,
    confidentiality: 'non-confidential',
    location: index % 2 === 0 ? 'Lisbon' : null,
    phones: index % 2 === 0 ? [{ type: 'mobile', value: `+351 910 ${String(index).padStart(6, '0')}` }] : [],
    emails: [`${mail}.${index}@example.com`],
    links: index % 4 === 0 ? [`https://www.linkedin.com/in/${mail.replaceAll('.', '-')}-${index}`] : [],
    archived: index % 10 === 9 ? { reason: leverId('reason', 0), archivedAt: createdAt + 30 * day } : null,
    tags: index % 2 === 0 ? ['Platform', 'Lisbon'] : [],
    sources: ['Referral'],
    origin: 'sourced',
    sourcedBy: owner,
    owner,
    followers: [owner],
    createdAt,
    updatedAt: createdAt + 2 * day,
    lastInteractionAt: createdAt + day,
    lastAdvancedAt: createdAt + day,
    snoozedUntil: null,
    isAnonymized: false,
    urls: {
      list: 'https://hire.lever.example/candidates',
      show: `https://hire.lever.example/candidates/${id}`,
    },
  }
}

function createApplication(
  { id, name, createdAt, emails, phones }: LeverRecord,
  index: number,
  nth: number,
  postings: readonly LeverRecord[],
): LeverRecord {
  const posting = postings[(index + nth) % postings.length]
  return {
    id: leverId(`application-${index}`, nth),
    type: 'user',
    opportunityId: id,
    posting: posting?.id,
    postingOwner: posting?.['owner'],
    user: null,
    name,
    email: (emails as string[])[0],
    phone: (phones as object[])[0] ?? null,
    company: null,
    links: [],
    comments: null,
    archived: null,
    createdAt: Number(createdAt) + nth * day,
  }
}
