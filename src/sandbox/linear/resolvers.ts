import { GraphQLError } from 'graphql'
import type { LinearIssue, LinearUser, LinearWorkspace } from './workspace.ts'

interface PageArguments {
  readonly first?: number | null
  readonly after?: string | null
}

interface IssueFields {
  readonly title?: string | null
  readonly description?: string | null
  readonly priority?: number | null
  readonly assigneeId?: string | null
  readonly stateId?: string | null
  readonly dueDate?: string | null
}

const largestPage = 250

/** The fields of Query and Mutation over one workspace. */
export function resolversOf(workspace: LinearWorkspace, viewer: LinearUser, now: string) {
  const issueOf = (id: string): LinearIssue => {
    const issue = workspace.find(id)
    if (issue === undefined) throw inputError('Entity not found: Issue', 'Could not find referenced Issue.')
    return issue
  }
  const change = (issue: LinearIssue, fields: IssueFields): void => {
    const { title, description, priority, assigneeId, stateId, dueDate } = fields
    if (priority !== undefined && priority !== null && (priority < 0 || priority > 4))
      throw inputError('Argument Validation Error', 'priority must be between 0 and 4.')
    if (dueDate !== undefined && dueDate !== null && !/^\d{4}-\d{2}-\d{2}$/.test(dueDate))
      throw inputError('Argument Validation Error', 'dueDate must be a date such as 2026-03-31.')
    const state = workspace.states.find(({ id, teamId }) => id === stateId && teamId === issue.team.id)
    if (stateId !== undefined && state === undefined)
      throw inputError('Entity not found: WorkflowState', 'Could not find referenced WorkflowState.')
    const assignee = workspace.users.find(({ id }) => id === assigneeId) ?? null
    if (assigneeId !== undefined && assigneeId !== null && assignee === null)
      throw inputError('Entity not found: User', 'Could not find referenced User.')
    if (typeof title === 'string') issue.title = title
    if (description !== undefined) issue.description = description
    if (typeof priority === 'number') issue.priority = priority
    if (assigneeId !== undefined) issue.assignee = assignee
    if (state !== undefined) issue.state = state
    if (dueDate !== undefined) issue.dueDate = dueDate
    issue.updatedAt = now
  }
  return {
    viewer: () => viewer,
    teams: (page: PageArguments) => pageOf(workspace.teams, page),
    issues: ({
      filter,
      ...page
    }: PageArguments & { filter?: { team?: { id?: { eq?: string; in?: string[] } } } }) => {
      const wanted = filter?.team?.id
      const fits = ({ team }: LinearIssue) =>
        (wanted?.eq === undefined || team.id === wanted.eq) && (wanted?.in?.includes(team.id) ?? true)
      // The newest come first, and archived ones not at all.
      const found = workspace.issues.filter((issue) => issue.archivedAt === null && fits(issue)).toReversed()
      return pageOf(found, page)
    },
    issue: ({ id }: { id: string }) => issueOf(id),
    issueCreate: ({ input }: { input: IssueFields & { teamId: string } }) => {
      const team = workspace.teams.find(({ id }) => id === input.teamId)
      if (team === undefined) throw inputError('Entity not found: Team', 'Could not find referenced Team.')
      if (typeof input.title !== 'string' || input.title === '')
        throw inputError('Argument Validation Error', 'title should not be empty.')
      const issue = workspace.add(team, input.title, now)
      try {
        change(issue, input)
      } catch (error) {
        workspace.issues.splice(workspace.issues.indexOf(issue), 1)
        throw error
      }
      return { success: true, issue }
    },
    issueUpdate: ({ id, input }: { id: string; input: IssueFields }) => {
      const issue = issueOf(id)
      change(issue, input)
      return { success: true, issue }
    },
    issueArchive: ({ id }: { id: string }) => {
      const issue = issueOf(id)
      issue.archivedAt ??= now
      return { success: true, entity: issue }
    },
    commentCreate: ({ input }: { input: { issueId?: string; body?: string } }) => {
      const issue = issueOf(input.issueId ?? '')
      const id = workspace.newId()
      const comment = {
        id,
        body: input.body ?? '',
        url: `${issue.url}#comment-${id.slice(0, 8)}`,
        createdAt: now,
        issue,
      }
      workspace.comments.push(comment)
      return { success: true, comment }
    },
  }
}

/** A relay page. The last one has an `endCursor` too. */
function pageOf<Row extends { readonly id: string }>(rows: readonly Row[], { first, after }: PageArguments) {
  const size = first ?? 50
  if (size < 1 || size > largestPage)
    throw inputError('Argument Validation Error', `first must be between 1 and ${largestPage}.`)
  const from = after === undefined || after === null ? 0 : rows.findIndex(({ id }) => id === after) + 1
  if (from === 0 && after !== undefined && after !== null)
    throw inputError('Argument Validation Error', 'after is no cursor of this connection.')
  const nodes = rows.slice(from, from + size)
  return {
    nodes,
    pageInfo: { hasNextPage: from + size < rows.length, endCursor: nodes.at(-1)?.id ?? null },
  }
}

function inputError(message: string, told: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: {
      type: 'invalid input',
      code: 'INPUT_ERROR',
      statusCode: 400,
      userError: true,
      userPresentableMessage: told,
    },
  })
}
