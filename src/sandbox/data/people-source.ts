import type { Collection } from './collection.ts'
import type { IdSpace } from './ids.ts'
import { Draws, hash } from './random.ts'
import type { Named, Note, Person, PersonCore, WorkPosition } from './records.ts'
import { firstNames, lastNames, noteTypes, places, schools, serviceAccountNames, titles } from './words.ts'

/** Parts of a person are numbered `person * partsEach + n`, so that a note id leads back to its person. */
export const partsEach = 4

const day = 86_400_000
const firstDay = Date.UTC(2022, 0, 3)

interface Sources {
  readonly key: number
  readonly ids: IdSpace
  /** People at the start; later ones are not invented. */
  readonly size: number
  readonly companies: Collection<Named>
  readonly tags: Collection<Named>
  locationTypeId(word: string): string
}

/** Invents the people of a firm, each from its index. The first ones are service accounts, as sighted (B). */
export class PeopleSource {
  readonly #sources: Sources
  /** As at the start: companies and tags added later must not change who was invented before. */
  readonly #companyCount: number
  readonly #tagCount: number

  constructor(sources: Sources) {
    this.#sources = sources
    this.#companyCount = sources.companies.size
    this.#tagCount = sources.tags.size
  }

  nameOf(index: number): readonly [first: string, last: string] {
    const service = serviceAccountNames[index]
    if (service !== undefined) return service.split(' ') as [string, string]
    const draw = hash(this.#sources.key, 1, index)
    const first = firstNames[draw % firstNames.length] as string
    const last = lastNames[(draw >>> 12) % lastNames.length] as string
    return [first, last]
  }

  emailsOf(index: number): readonly string[] {
    if (isService(index)) return []
    const draw = hash(this.#sources.key, 2, index) % 10
    if (draw === 0) return []
    const [first, last] = this.nameOf(index)
    const home = `${first}.${last}.${index}@example.com`.toLowerCase()
    return draw < 3 ? [home, `${last}.${index}@work.example.org`.toLowerCase()] : [home]
  }

  linkedinUrlOf(index: number): string | null {
    if (isService(index) || hash(this.#sources.key, 3, index) % 3 === 0) return null
    const [first, last] = this.nameOf(index)
    return `https://www.linkedin.com/in/${first}-${last}-${index.toString(36)}`.toLowerCase()
  }

  /** The invented person who holds a LinkedIn URL from the start, or -1. */
  linkedinOwner(url: string): number {
    const index = Number.parseInt(url.slice(url.lastIndexOf('-') + 1), 36)
    const known = index >= 0 && index < this.#sources.size
    return known && this.linkedinUrlOf(index) === url ? index : -1
  }

  core(index: number): PersonCore {
    const [firstName, lastName] = this.nameOf(index)
    const draw = hash(this.#sources.key, 4, index)
    const createdAt = firstDay + (draw % 1000) * day + (draw % 86_399) * 1000
    return {
      id: this.#sources.ids.id('person', index),
      name: `${firstName} ${lastName}`,
      firstName,
      lastName,
      createdAt,
      updatedAt: createdAt + ((draw >>> 8) % 200) * day,
    }
  }

  full(index: number): Person {
    const core = this.core(index)
    const { ids } = this.#sources
    if (isService(index)) return { ...core, ...plain, ...emptyParts(), userId: ids.id('user', index) }
    const draws = new Draws(this.#sources.key, 5, index)
    return {
      ...core,
      ...plain,
      assistantName: draws.chance(10) ? `${draws.pick(firstNames)} ${draws.pick(lastNames)}` : '',
      doNotContact: draws.chance(4),
      noRelocation: draws.chance(20),
      ...this.#contacts(index, core, draws),
      ...this.#career(index, core, draws),
      notes: this.#notes(index, core, draws),
    }
  }

  #contacts(index: number, core: PersonCore, draws: Draws) {
    const { ids, locationTypeId } = this.#sources
    const times = { createdAt: core.createdAt, updatedAt: core.createdAt }
    const part = index * partsEach
    const emails = this.emailsOf(index).map((address, n) => ({
      id: ids.id('email', part + n),
      address,
      locationTypeId: locationTypeId(n === 0 ? 'home' : 'work'),
      ...times,
    }))
    const phone = {
      id: ids.id('phone', part),
      digits: `1555${String(draws.below(10_000_000)).padStart(7, '0')}`,
      extension: draws.chance(10) ? String(100 + draws.below(900)) : null,
      locationTypeId: locationTypeId('mobile'),
      ...times,
    }
    const [city, state, country] = draws.pick(places)
    const address = {
      id: ids.id('address', part),
      street: null,
      street2: null,
      city,
      state,
      country,
      postalCode: null,
      regionId: null,
      locationTypeId: locationTypeId('home'),
      ...times,
    }
    const url = this.linkedinUrlOf(index)
    return {
      emails,
      phones: draws.chance(60) ? [phone] : [],
      addresses: draws.chance(80) ? [address] : [],
      linkedinUrls: url === null ? [] : [{ id: ids.id('linkedinUrl', part), url }],
    }
  }

  #career(index: number, core: PersonCore, draws: Draws) {
    const { ids, companies, tags } = this.#sources
    const part = index * partsEach
    const positions: WorkPosition[] = []
    let endYear: number | null = null
    let startYear = 2019 + draws.below(6)
    const count = draws.below(partsEach)
    for (let n = 0; n < count; n += 1) {
      const { id, name } = companies.at(draws.below(this.#companyCount))
      const startMonth = 1 + draws.below(12)
      positions.push({
        id: ids.id('position', part + n),
        title: draws.pick(titles),
        company: { id, name },
        startMonth,
        startYear,
        endMonth: endYear === null ? null : 12,
        endYear,
      })
      endYear = startYear - 1
      startYear = endYear - draws.below(4)
    }
    const pay = {
      id: ids.id('compensation', part),
      startYear: new Date(core.createdAt).getUTCFullYear(),
      salary: 80_000 + draws.below(60) * 5000,
      bonus: draws.below(5) * 10_000,
      bonusType: draws.pick(['cash', 'percent']),
      equity: (draws.below(40) / 10).toFixed(1),
      currencyId: ids.id('currency', 0),
    }
    const school = draws.below(schools.length)
    const tag = tags.at(draws.below(this.#tagCount))
    return {
      positions,
      compensation: draws.chance(40) ? [pay] : [],
      schools: draws.chance(50) ? [{ id: ids.id('school', school), name: schools[school] as string }] : [],
      tags: draws.chance(50) ? [{ id: ids.id('personTag', part), tag: { id: tag.id, name: tag.name } }] : [],
      userId: null,
    }
  }

  #notes(index: number, core: PersonCore, draws: Draws): Note[] {
    return Array.from({ length: draws.below(partsEach) }, (_, n) => {
      const createdAt = core.createdAt + (n + 1) * day
      return {
        id: this.#sources.ids.id('note', index * partsEach + n),
        type: draws.pick(noteTypes),
        content: `<p>Spoke with ${core.firstName} about the ${draws.pick(titles)} search.</p>`,
        createdAt,
        updatedAt: createdAt,
      }
    })
  }
}

const isService = (index: number): boolean => index < serviceAccountNames.length

const plain = {
  nickName: null,
  assistantName: '',
  biography: null,
  skypeName: null,
  doNotContact: false,
  noRelocation: false,
}

/** The parts of a person without any: fresh arrays, since they are added to. */
export function emptyParts() {
  return {
    emails: [],
    phones: [],
    addresses: [],
    linkedinUrls: [],
    positions: [],
    tags: [],
    schools: [],
    compensation: [],
    notes: [],
  }
}
