import type {
  Address,
  Candidacy,
  Email,
  LinkedinUrl,
  Located,
  Named,
  Note,
  Person,
  PersonCore,
  PersonTag,
  Phone,
  Project,
  WorkPosition,
} from './records.ts'

/** A time of REST reads: no zone is written (B); here it is UTC. */
export const restTime = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ')

const orNull = <T>(list: readonly T[]): readonly T[] | null => (list.length === 0 ? null : list)

export const namedView = ({ id, name }: Named) => ({ id, name })

export const personRow = ({ id, name, firstName, lastName, createdAt, updatedAt }: PersonCore) => ({
  id,
  name,
  firstName,
  lastName,
  createdAt: restTime(createdAt),
  updatedAt: restTime(updatedAt),
  loadedAt: restTime(createdAt),
})

/** A row of `people_search`: an empty array is null (B). */
export function personView(person: Person) {
  const newest = Math.max(...person.notes.map((note) => note.updatedAt))
  const [address] = person.addresses
  return {
    ...personRow(person),
    lastImportedUpdatedAt: null,
    mostRecentNoteUpdatedAt: person.notes.length === 0 ? null : restTime(newest),
    doNotContact: person.doNotContact,
    noRelocation: person.noRelocation,
    preferredEmailAddress: person.emails[0]?.address ?? null,
    preferredPhoneNumber: person.phones[0]?.digits ?? null,
    preferredAddress: address === undefined ? null : formatted(address),
    preferredLinkedinUrl: person.linkedinUrls[0]?.url ?? null,
    preferredWebSite: null,
    preferredImAccount: person.skypeName,
    assistant: null,
    assistantName: person.assistantName,
    user: person.userId === null ? null : { id: person.userId, name: person.name },
    positions: orNull(person.positions.map(searchPosition)),
    compensation: orNull(
      person.compensation.map(({ startYear, ...pay }) => ({
        ...pay,
        startYear,
        endYear: null,
        equityType: 'percent',
        description: '',
        isPreferred: true,
      })),
    ),
    addresses: orNull(person.addresses.map(searchAddress)),
    phoneNumbers: orNull(person.phones.map(phoneView)),
    tags: orNull(person.tags.map(({ tag }) => ({ name: tag.name }))),
    schools: orNull(person.schools.map(namedView)),
    emails: orNull(person.emails.map(emailView)),
    notes: orNull(person.notes.map(noteView)),
  }
}

/** `GET /people/{id}`, a guess (E): the search row and what the write takes. */
export const personDetails = (person: Person) => ({
  ...personView(person),
  nickName: person.nickName,
  biography: person.biography,
  skypeName: person.skypeName,
})

const located = ({ locationTypeId, createdAt, updatedAt }: Located) => ({
  locationTypeId,
  createdAt: restTime(createdAt),
  updatedAt: restTime(updatedAt),
})

export const emailView = (email: Email) => ({ id: email.id, address: email.address, ...located(email) })

export const phoneView = (phone: Phone) => ({
  id: phone.id,
  digits: phone.digits,
  extension: phone.extension,
  ...located(phone),
})

export const addressView = (address: Address) => ({
  id: address.id,
  street: address.street,
  street2: address.street2,
  city: address.city,
  state: address.state,
  postalCode: address.postalCode,
  country: address.country,
  regionId: address.regionId,
  formattedAddress: formatted(address),
  ...located(address),
})

/** In search rows the street holds the whole line where only a town is known (B). */
const searchAddress = (address: Address) => ({
  id: address.id,
  street: address.street ?? formatted(address),
  formattedAddress: formatted(address),
  ...located(address),
})

const formatted = ({ street, city, state, country }: Address): string =>
  [street, city, state, country].filter((part) => part !== null).join(', ')

export const linkedinUrlView = ({ id, url }: LinkedinUrl) => ({ id, url })

export const personTagView = ({ id, tag }: PersonTag) => ({ id, tagId: tag.id, name: tag.name })

const isCurrent = ({ endYear, endMonth }: WorkPosition): boolean => endYear === null && endMonth === null

export const positionView = (position: WorkPosition) => ({
  id: position.id,
  title: position.title,
  isCurrent: isCurrent(position),
  startMonth: position.startMonth,
  startYear: position.startYear,
  endMonth: position.endMonth,
  endYear: position.endYear,
  company: position.company === null ? null : namedView(position.company),
})

const searchPosition = (position: WorkPosition) => ({
  id: position.id,
  title: position.title,
  companyId: position.company?.id ?? null,
  companyName: position.company?.name ?? null,
  startDate:
    position.startYear === null
      ? null
      : restTime(Date.UTC(position.startYear, (position.startMonth ?? 1) - 1, 1)),
  type: isCurrent(position) ? 'current' : 'past',
})

export const noteView = (note: Note) => ({
  id: note.id,
  type: note.type,
  createdAt: restTime(note.createdAt),
  updatedAt: restTime(note.updatedAt),
  content: note.content,
})

export const projectView = (project: Project) => ({
  id: project.id,
  name: project.name,
  projectType: project.type,
  companyId: project.company.id,
  companyName: project.company.name,
  createdAt: restTime(project.createdAt),
  updatedAt: restTime(project.updatedAt),
})

/** `person` is there only where `include=person` was sent. */
export const candidacyView = (candidacy: Candidacy, person: Named | null) => ({
  id: candidacy.id,
  projectId: candidacy.projectId,
  personId: candidacy.personId,
  statusId: candidacy.statusId,
  rank: candidacy.rank,
  stoplightStatus: candidacy.stoplightStatus,
  createdAt: restTime(candidacy.createdAt),
  updatedAt: restTime(candidacy.updatedAt),
  ...(person === null ? {} : { person: namedView(person) }),
})

const isoTime = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z')

/** The candidacy inside a webhook delivery: snake_case, ISO times (A). */
export const deliveredCandidacy = (candidacy: Candidacy) => ({
  id: candidacy.id,
  person_id: candidacy.personId,
  project_id: candidacy.projectId,
  status_id: candidacy.statusId,
  created_user_id: candidacy.createdUserId,
  rank: candidacy.rank,
  stoplight_status: candidacy.stoplightStatus,
  color_category: candidacy.colorCategory,
  assessment_note_id: candidacy.assessmentNoteId,
  next_steps_note_id: candidacy.nextStepsNoteId,
  overview_note_id: candidacy.overviewNoteId,
  created_at: isoTime(candidacy.createdAt),
  updated_at: isoTime(candidacy.updatedAt),
  updated_at_display: restTime(candidacy.updatedAt).slice(0, 10),
})
