/** Of the graph, what the workloads ask for. */
export const typeDefs = /* GraphQL */ `
  type Query {
    viewer: Viewer
    organization(slug: String!): Organization
  }

  type Viewer {
    id: ID!
    organizations(first: Int): OrganizationConnection
    issues(first: Int!): IssueConnection
  }

  type OrganizationConnection {
    nodes: [Organization!]!
  }

  type Organization {
    id: ID!
    slug: String!
    name: String!
    projects(first: Int): ProjectConnection
    issues(first: Int): IssueConnection
    teams(first: Int): TeamConnection
    issue(shortId: String!): Issue
  }

  type ProjectConnection {
    nodes: [Project!]!
  }

  type Project {
    id: ID
    slug: String!
    name: String!
    platform: String
  }

  type TeamConnection {
    nodes: [Team!]!
  }

  type Team {
    id: ID!
    slug: String!
    name: String!
    memberCount: Int
  }

  type IssueConnection {
    nodes: [Issue!]!
  }

  type Issue {
    id: ID!
    shortId: String
    title: String!
    culprit: String
    level: Level!
    status: IssueStatus!
    eventCount: Int
    userCount: Int
    firstSeen: String
    lastSeen: String
    project: Project
    organization: Organization
    event: Event
    tags(keys: [String!]!): [TagDistribution!]
  }

  enum Level {
    FATAL
    ERROR
    WARNING
    INFO
    DEBUG
    SAMPLE
  }

  enum IssueStatus {
    UNRESOLVED
    RESOLVED
    ARCHIVED
  }

  type Event {
    eventId: String!
    title: String
    occurredAt: String
    tags: [EventTag!]!
    exceptions: [ExceptionValue!]!
    breadcrumbs: [Breadcrumb!]!
  }

  type EventTag {
    key: String!
    value: String
  }

  type ExceptionValue {
    type: String
    value: String
    stackTrace: StackTrace
  }

  type StackTrace {
    frames: [Frame!]!
  }

  type Frame {
    function: String
    filename: String
    line: Int
    isInApp: Boolean!
    context: [SourceLine!]!
  }

  type SourceLine {
    line: Int!
    code: String!
  }

  type Breadcrumb {
    at: String
    category: String
    level: String
    message: String
  }

  type TagDistribution {
    key: String!
    totalValues: Int
    topValues: [TagValue!]!
  }

  type TagValue {
    value: String
    count: Int
  }
`
