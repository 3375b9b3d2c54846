import { Collection } from './collection.ts'
import { createdFrom, type IdKind, IdSpace } from './ids.ts'
import { PeopleSource, partsEach } from './people-source.ts'
import { Draws, hash } from './random.ts'
import type { Candidacy, Named, Note, Person, PersonCore, Project, Webhook } from './records.ts'
import {
  companyFirstWords,
  companySecondWords,
  firmNames,
  projectTypes,
  regionNames,
  statusNames,
  stoplights,
  tagNames,
} from './words.ts'

/** What a caller needs to speak for a firm. All of it is invented. */
export interface FirmCredentials {
  readonly firmName: string
  readonly apiKey: string
  readonly apiSecret: string
  readonly firmServiceKey: string
}

/** A note with the person it belongs to. */
export interface FoundNote {
  readonly personIndex: number
  readonly note: Note
}

const projectCount = 30
const mostCandidacies = 230
const day = 86_400_000
const firstDay = Date.UTC(2024, 0, 8)

/** One firm's records. Nothing is shared between firms. */
export class Firm {
  readonly credentials: FirmCredentials
  readonly ids: IdSpace
  readonly people: Collection<Person>
  readonly companies: Collection<Named>
  readonly tags: Collection<Named>
  readonly regions: Collection<Named>
  readonly statuses: Collection<Named>
  readonly projects: Collection<Project>
  readonly candidacies: Collection<Candidacy>
  readonly webhooks = new Map<string, Webhook>()
  readonly #key: number
  readonly #source: PeopleSource
  readonly #peopleAtStart: number
  readonly #companiesAtStart: number
  /** Where each project's candidacies begin in the collection; one more at the end. */
  readonly #candidacyStarts: readonly number[]
  readonly #addedLinkedinUrls = new Map<string, string>()
  readonly #addedNotes = new Map<string, number>()
  #added = 0
  #search: { readonly query: string; readonly version: number; readonly matches: Uint32Array } | null = null
  #version = 0

  constructor(seed: number, number: number, people: number) {
    this.#key = hash(seed, number)
    this.#peopleAtStart = people
    this.credentials = credentialsOf(this.#key, number)
    const ids = new IdSpace(seed, number)
    this.ids = ids
    const named = (kind: IdKind, names: readonly string[]) =>
      new Collection<Named>(ids, kind, names.length, (index) => ({
        id: ids.id(kind, index),
        name: names[index] as string,
      }))
    this.tags = named('tag', tagNames)
    this.regions = named('region', regionNames)
    this.statuses = named('status', statusNames)
    this.#companiesAtStart = Math.min(2000, Math.max(40, Math.ceil(people / 5)))
    this.companies = new Collection(ids, 'company', this.#companiesAtStart, (index) => ({
      id: ids.id('company', index),
      name: this.#companyName(index),
    }))
    this.#source = new PeopleSource({
      key: this.#key,
      ids,
      size: people,
      companies: this.companies,
      tags: this.tags,
      locationTypeId: (word) => this.locationTypeId(word),
    })
    this.people = new Collection(ids, 'person', people, (index) => this.#source.full(index))
    this.projects = new Collection(ids, 'project', projectCount, (index) => this.#project(index))
    const starts = [0]
    for (let project = 0; project < projectCount; project += 1) {
      starts.push((starts[project] as number) + this.#candidacyCount(project))
    }
    this.#candidacyStarts = starts
    this.candidacies = new Collection(ids, 'candidacy', starts.at(-1) as number, (index) =>
      this.#candidacy(index),
    )
  }

  /** A person as listings show it, without making the rest. */
  personCore(index: number): PersonCore {
    return this.people.kept(index) ?? this.#source.core(index)
  }

  /** A person to change, marked as updated. */
  editPerson(index: number, now: number): Person {
    const person = this.people.edit(index)
    person.updatedAt = now
    this.#version += 1
    return person
  }

  addPerson(make: (id: string) => Person): Person {
    this.#version += 1
    return this.people.add(make)
  }

  /** Indices of the people who match: each word in the name, or for a query with `@` the text in an address. */
  searchPeople(query: string): Uint32Array {
    if (this.#search?.query === query && this.#search.version === this.#version) return this.#search.matches
    const needles = query.toLowerCase().split(/\s+/).filter(Boolean)
    const haystack = query.includes('@') ? this.#emailText : this.#nameText
    const matches: number[] = []
    for (let index = 0; index < this.people.size; index += 1) {
      const text = haystack.call(this, index)
      if (needles.every((needle) => text.includes(needle))) matches.push(index)
    }
    this.#search = { query, version: this.#version, matches: Uint32Array.from(matches) }
    return this.#search.matches
  }

  /** Where the candidacies of a project are in the collection. */
  candidaciesOf(project: number): readonly [start: number, end: number] {
    return [this.#candidacyStarts[project] as number, this.#candidacyStarts[project + 1] as number]
  }

  findNote(id: string): FoundNote | undefined {
    const number = this.ids.indexOf('note', id)
    const personIndex = this.#addedNotes.get(id) ?? (number === -1 ? -1 : Math.floor(number / partsEach))
    if (personIndex < 0 || personIndex >= this.people.size) return undefined
    const note = this.people.at(personIndex).notes.find((candidate) => candidate.id === id)
    return note === undefined ? undefined : { personIndex, note }
  }

  noteAdded(id: string, personIndex: number): void {
    this.#addedNotes.set(id, personIndex)
  }

  /** Whether somebody in the firm holds this URL, written as {@link normalLinkedinUrl} writes it. */
  linkedinUrlTaken(url: string): boolean {
    return this.#addedLinkedinUrls.has(url) || this.#source.linkedinOwner(url) !== -1
  }

  linkedinUrlAdded(url: string, personId: string): void {
    this.#addedLinkedinUrls.set(url, personId)
  }

  /** The id of a new record that belongs to no collection. */
  newId(kind: IdKind): string {
    this.#added += 1
    return this.ids.id(kind, createdFrom + this.#added)
  }

  locationTypeId(word: string): string {
    const letters = Array.from(word.toLowerCase(), (letter) => letter.codePointAt(0) as number)
    return this.ids.id('locationType', hash(...letters))
  }

  #nameText(index: number): string {
    const kept = this.people.kept(index)
    return (kept?.name ?? this.#source.nameOf(index).join(' ')).toLowerCase()
  }

  #emailText(index: number): string {
    const kept = this.people.kept(index)
    return (kept?.emails.map((email) => email.address) ?? this.#source.emailsOf(index))
      .join(' ')
      .toLowerCase()
  }

  #companyName(index: number): string {
    const first = index % companyFirstWords.length
    const turn = Math.floor(index / companyFirstWords.length) + hash(this.#key, 11, first)
    return `${companyFirstWords[first]} ${companySecondWords[turn % companySecondWords.length]}`
  }

  #project(index: number): Project {
    const draws = new Draws(this.#key, 12, index)
    const { id, name } = this.companies.at(draws.below(this.#companiesAtStart))
    const createdAt = firstDay + draws.below(500) * day
    return {
      id: this.ids.id('project', index),
      name: `${name} Search ${index + 1}`,
      type: draws.pick(projectTypes),
      company: { id, name },
      createdAt,
      updatedAt: createdAt + draws.below(60) * day,
    }
  }

  /** The first project needs several pages, the second one is empty. */
  #candidacyCount(project: number): number {
    const wanted = [mostCandidacies, 0][project] ?? 3 + (hash(this.#key, 13, project) % 58)
    return Math.min(wanted, this.#peopleAtStart)
  }

  #candidacy(index: number): Candidacy {
    const project = this.#candidacyStarts.findLastIndex((start) => start <= index)
    const rank = index - (this.#candidacyStarts[project] as number)
    const draws = new Draws(this.#key, 14, index)
    const createdAt = firstDay + draws.below(500) * day
    return {
      id: this.ids.id('candidacy', index),
      projectId: this.ids.id('project', project),
      // Neighbours from a project's own starting point: nobody is twice in one project.
      personId: this.ids.id('person', (hash(this.#key, 15, project) + rank) % this.#peopleAtStart),
      createdUserId: this.ids.id('user', 0),
      createdAt,
      statusId: this.ids.id('status', draws.below(statusNames.length)),
      rank: rank + 1,
      stoplightStatus: draws.pick(stoplights),
      colorCategory: null,
      assessmentNoteId: null,
      nextStepsNoteId: null,
      overviewNoteId: null,
      updatedAt: createdAt + draws.below(90) * day,
    }
  }
}

function credentialsOf(key: number, number: number): FirmCredentials {
  const digits = (salt: number) =>
    [1, 2, 3].map((part) => hash(key, salt, part).toString(16).padStart(8, '0')).join('')
  const [word, turn] = [firmNames[number % firmNames.length], Math.floor(number / firmNames.length)]
  return {
    firmName: turn === 0 ? `${word}` : `${word}-${turn + 1}`,
    apiKey: `sandbox-key-${digits(21)}`,
    apiSecret: `sandbox-secret-${digits(22)}`,
    firmServiceKey: `sandbox-service-${digits(23)}`,
  }
}

/** A LinkedIn profile URL in one spelling, or null where it is none. */
export function normalLinkedinUrl(text: string): string | null {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) return null
  if (!/^([a-z]{2,3}\.)?linkedin\.com$/.test(url.hostname) || !/^\/in\/[^/]+\/?$/.test(url.pathname))
    return null
  return `https://www.linkedin.com${url.pathname.replace(/\/$/, '').toLowerCase()}`
}
