import { buildSchema } from 'graphql'

/** The part of Linear's published schema that the connector speaks, with its own names and nullability (C). */
export const linearSchema = buildSchema(`
  scalar DateTime
  scalar TimelessDate

  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type User { id: ID! name: String! email: String! }
  type Team { id: ID! key: String! name: String! description: String createdAt: DateTime! updatedAt: DateTime! }
  type WorkflowState { id: ID! name: String! type: String! }
  type Issue {
    id: ID!
    identifier: String!
    title: String!
    description: String
    priority: Float!
    estimate: Float
    dueDate: TimelessDate
    url: String!
    createdAt: DateTime!
    updatedAt: DateTime!
    archivedAt: DateTime
    state: WorkflowState!
    team: Team!
    assignee: User
  }
  type Comment { id: ID! body: String! url: String! createdAt: DateTime! issue: Issue }
  type TeamConnection { nodes: [Team!]! pageInfo: PageInfo! }
  type IssueConnection { nodes: [Issue!]! pageInfo: PageInfo! }

  input IDComparator { eq: ID in: [ID!] }
  input TeamFilter { id: IDComparator }
  input IssueFilter { team: TeamFilter }
  input IssueCreateInput {
    teamId: String!
    title: String
    description: String
    priority: Int
    assigneeId: String
    stateId: String
    dueDate: TimelessDate
  }
  input IssueUpdateInput {
    title: String
    description: String
    priority: Int
    assigneeId: String
    stateId: String
    dueDate: TimelessDate
  }
  input CommentCreateInput { issueId: String body: String }

  type IssuePayload { success: Boolean! issue: Issue }
  type IssueArchivePayload { success: Boolean! entity: Issue }
  type CommentPayload { success: Boolean! comment: Comment! }

  type Query {
    viewer: User!
    teams(first: Int, after: String): TeamConnection!
    issues(first: Int, after: String, filter: IssueFilter): IssueConnection!
    issue(id: String!): Issue!
  }
  type Mutation {
    issueCreate(input: IssueCreateInput!): IssuePayload!
    issueUpdate(id: String!, input: IssueUpdateInput!): IssuePayload!
    issueArchive(id: String!): IssueArchivePayload!
    commentCreate(input: CommentCreateInput!): CommentPayload!
  }
`)
