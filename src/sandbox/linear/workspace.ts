import { createHash } from 'node:crypto'

export interface LinearUser {
  readonly id: string
  readonly name: string
  readonly email: string
}

export interface LinearTeam {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly description: string | null
  readonly createdAt: string
  readonly updatedAt: string
}

export interface LinearState {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly teamId: string
}

export interface LinearIssue {
  readonly id: string
  readonly identifier: string
  title: string
  description: string | null
  priority: number
  estimate: number | null
  dueDate: string | null
  readonly url: string
  readonly createdAt: string
  updatedAt: string
  archivedAt: string | null
  state: LinearState
  readonly team: LinearTeam
  assignee: LinearUser | null
}

export interface LinearComment {
  readonly id: string
  readonly body: string
  readonly url: string
  readonly createdAt: string
  readonly issue: LinearIssue
}

const begin = Date.UTC(2026, 0, 5, 9)
const verbs = ['Mend', 'Speed up', 'Document', 'Translate', 'Test', 'Simplify']
const things = [
  'the sign-in page',
  'the export',
  'search',
  'the mobile menu',
  'invoices',
  'the import of contacts',
]

/** Invented data of one workspace: the same each time, changed by what is written to it. */
export class LinearWorkspace {
  readonly users: readonly LinearUser[]
  readonly teams: readonly LinearTeam[]
  readonly states: readonly LinearState[]
  readonly issues: LinearIssue[] = []
  readonly comments: LinearComment[] = []
  #made = 0

  constructor() {
    this.users = ['Ada Sandberg', 'Noor Haddad', 'Tomás Rivera'].map((name) => ({
      id: this.newId(),
      name,
      email: `${name
        .split(' ')[0]
        ?.normalize('NFD')
        .replace(/\P{ASCII}/gu, '')
        .toLowerCase()}@example.com`,
    }))
    this.teams = [
      ['ENG', 'Engineering'],
      ['DES', 'Design'],
      ['OPS', 'Operations'],
    ].map(([key = '', name = '']) => ({
      id: this.newId(),
      key,
      name,
      description: key === 'OPS' ? null : `The work of ${name}`,
      createdAt: timeOf(0),
      updatedAt: timeOf(0),
    }))
    this.states = this.teams.flatMap(({ id }) =>
      [
        ['Backlog', 'backlog'],
        ['In Progress', 'started'],
        ['Done', 'completed'],
      ].map(([name = '', type = '']) => ({ id: this.newId(), name, type, teamId: id })),
    )
    for (let number = 0; number < 60; number += 1) {
      const team = this.teams[number % 3]
      if (team === undefined) break
      const issue = this.add(
        team,
        `${verbs[number % verbs.length]} ${things[(number * 5 + Math.floor(number / 6)) % things.length]}`,
        timeOf(number + 1),
      )
      issue.assignee = this.users[number % 4] ?? null
      issue.priority = number % 5
      if (number % 10 === 9) issue.archivedAt = timeOf(number + 100)
    }
  }

  add(team: LinearTeam, title: string, now: string): LinearIssue {
    const number = this.issues.filter((issue) => issue.team === team).length + 1
    const identifier = `${team.key}-${number}`
    const state = this.states.find(({ teamId }) => teamId === team.id)
    if (state === undefined) throw new Error('A team without states')
    const issue: LinearIssue = {
      id: this.newId(),
      identifier,
      title,
      description: null,
      priority: 0,
      estimate: null,
      dueDate: null,
      url: `https://linear.app/sandbox/issue/${identifier}`,
      createdAt: now,
      updatedAt: now,
      archivedAt: null,
      state,
      team,
      assignee: null,
    }
    this.issues.push(issue)
    return issue
  }

  /** By id or identifier. */
  find(id: string): LinearIssue | undefined {
    return this.issues.find((issue) => issue.id === id || issue.identifier === id.toUpperCase())
  }

  newId(): string {
    this.#made += 1
    const hex = createHash('sha256').update(`linear ${this.#made}`).digest('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  }
}

function timeOf(hours: number): string {
  return new Date(begin + hours * 3_600_000).toISOString()
}
