import type { Collection } from '../data/collection.ts'
import type { Firm } from '../data/firm.ts'
import type { Named } from '../data/records.ts'
import { candidacyView, namedView, projectView } from '../data/views.ts'
import { offsetWindow } from '../paging.ts'
import { notFound } from '../refusal.ts'
import type { Route } from './route.ts'

function namedList(key: string, evidence: Route['evidence'], of: (firm: Firm) => Collection<Named>): Route {
  return {
    method: 'GET',
    path: `/${key}`,
    evidence,
    paged: true,
    handle({ firm, query, pageFault }) {
      const { start, limit } = offsetWindow(query, pageFault)
      return { status: 200, list: { key, rows: Array.from(of(firm).slice(start, start + limit), namedView) } }
    },
  }
}

/** Whether statuses are paged is unknown: all of them, unless `limit` or `offset` is sent (a guess, E). */
const listStatuses: Route = {
  method: 'GET',
  path: '/statuses',
  evidence: 'C',
  paged: true,
  handle({ firm, query, pageFault }) {
    const wanted = query.text('limit') !== null || query.text('offset') !== null
    const { start, limit } = wanted ? offsetWindow(query, pageFault) : { start: 0, limit: firm.statuses.size }
    const rows = Array.from(firm.statuses.slice(start, start + limit), namedView)
    return { status: 200, list: { key: 'statuses', rows } }
  },
}

/** `limit` and `offset` by analogy (E); `page` and `per_page`, which one client sends, have no effect here. */
const listProjects: Route = {
  method: 'GET',
  path: '/projects',
  evidence: 'B',
  paged: true,
  handle({ firm, query, pageFault }) {
    const { start, limit } = offsetWindow(query, pageFault)
    const rows = Array.from(firm.projects.slice(start, start + limit), projectView)
    return { status: 200, list: { key: 'projects', rows } }
  },
}

const listCandidacies: Route = {
  method: 'GET',
  path: '/projects/:projectId/candidacies',
  evidence: 'B',
  paged: true,
  handle({ firm, params, query, pageFault, settings }) {
    const project = firm.projects.indexOf(params['projectId'] ?? '')
    if (project === -1) throw notFound()
    const { start, limit } = offsetWindow(query, pageFault)
    const [first, end] = firm.candidaciesOf(project)
    const withPerson = (query.text('include') ?? '').split(',').includes('person')
    const page = firm.candidacies.slice(first + start, Math.min(first + start + limit, end))
    const rows = Array.from(page, (candidacy) => {
      const person = withPerson ? firm.personCore(firm.people.indexOf(candidacy.personId)) : null
      return candidacyView(candidacy, person)
    })
    const meta = settings.candidaciesMeta ? { meta: { total: end - first } } : {}
    return { status: 200, list: { key: 'candidacies', rows, ...meta } }
  },
}

export const firmListRoutes: readonly Route[] = [
  namedList('companies', 'A', (firm) => firm.companies),
  namedList('tags', 'A', (firm) => firm.tags),
  namedList('regions', 'A', (firm) => firm.regions),
  listStatuses,
  listProjects,
  listCandidacies,
]
