import { emptyParts } from '../data/people-source.ts'
import type { PersonTag } from '../data/records.ts'
import { personDetails, personRow, personView } from '../data/views.ts'
import { offsetWindow, pageWindow } from '../paging.ts'
import { unprocessable } from '../refusal.ts'
import type { Call, Route } from './route.ts'

/** Service accounts come first, and no filter has an effect: `project_id` and `include` are ignored, as sighted. */
const listPeople: Route = {
  method: 'GET',
  path: '/people',
  evidence: 'A',
  paged: true,
  handle({ firm, query, pageFault, settings }) {
    const { start, limit } = offsetWindow(query, pageFault)
    const total = firm.people.size
    const rows = []
    for (let index = start; index < Math.min(start + limit, total); index += 1) {
      rows.push(personRow(firm.personCore(index)))
    }
    return { status: 200, list: { key: 'people', rows, ...(settings.peopleMeta ? { meta: { total } } : {}) } }
  },
}

const createPerson: Route = {
  method: 'POST',
  path: '/people',
  evidence: 'A',
  handle(call) {
    const { firm, now, settings } = call
    const fields = call.fields('person')
    const name = fields.requiredText('name').trim().replace(/\s+/g, ' ')
    const details = {
      nickName: fields.text('nickName'),
      assistantName: fields.text('assistantName') ?? '',
      biography: fields.text('biography'),
      skypeName: fields.text('skypeName'),
      doNotContact: fields.flag('doNotContact'),
      noRelocation: fields.flag('noRelocation'),
    }
    const tags = givenTags(call, fields.texts('tagIds'), fields.texts('tagNames'))
    const person = firm.addPerson((id) => ({
      id,
      name,
      firstName: name.split(' ').slice(0, -1).join(' ') || name,
      lastName: name.includes(' ') ? name.slice(name.lastIndexOf(' ') + 1) : '',
      createdAt: now,
      updatedAt: now,
      userId: null,
      ...details,
      ...emptyParts(),
      tags,
    }))
    const body = personRow(person)
    return { status: 201, body: settings.envelopes === 'pattern' ? { person: body } : body }
  },
}

/** A tag name the firm does not have becomes a new tag (a guess, E). */
function givenTags({ firm }: Call, tagIds: readonly string[], tagNames: readonly string[]): PersonTag[] {
  const unknown = tagIds.findIndex((id) => firm.tags.indexOf(id) === -1)
  if (unknown !== -1) throw unprocessable(`tag_ids[${unknown}] is no tag of this firm`)
  if (tagNames.some((name) => name.trim() === '')) throw unprocessable("tag_names can't be blank")
  const known = [...firm.tags.slice(0, firm.tags.size)]
  for (const name of tagNames) {
    const same = known.some((tag) => tag.name.toLowerCase() === name.trim().toLowerCase())
    if (!same) known.push(firm.tags.add((id) => ({ id, name: name.trim() })))
  }
  const names = new Set(tagNames.map((name) => name.trim().toLowerCase()))
  return known
    .filter((tag) => tagIds.includes(tag.id) || names.has(tag.name.toLowerCase()))
    .map((tag) => ({ id: firm.newId('personTag'), tag }))
}

/** Without `q` everybody is found (a guess, E). */
const searchPeople: Route = {
  method: 'GET',
  path: '/people_search',
  evidence: 'B',
  paged: true,
  handle({ firm, query, pageFault }) {
    const { start, limit, page } = pageWindow(query, pageFault)
    const words = (query.text('q') ?? '').trim()
    const matches = words === '' ? null : firm.searchPeople(words)
    const total = matches?.length ?? firm.people.size
    const rows = []
    for (let place = start; place < Math.min(start + limit, total); place += 1) {
      rows.push(personView(firm.people.at(matches?.[place] ?? place)))
    }
    return { status: 200, list: { key: 'peopleSearch', rows, meta: { total, page } } }
  },
}

const getPerson: Route = {
  method: 'GET',
  path: '/people/:personId',
  evidence: 'E',
  handle(call) {
    const body = personDetails(call.person())
    return { status: 200, body: call.settings.envelopes === 'pattern' ? { person: body } : body }
  },
}

export const peopleRoutes: readonly Route[] = [listPeople, createPerson, searchPeople, getPerson]
