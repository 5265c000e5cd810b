/** One question, asked in GraphQL and at the REST endpoint that answers the same. */
export interface Workload {
  name: string
  query: string
  variables: Record<string, unknown>
  restPath: string
  /** Calls to Sentry that have to wait for each other, at the least. */
  depth: number
}

const organization = 'lumen-freight'

const issueFields =
  'id shortId title culprit level status eventCount userCount firstSeen lastSeen project { slug name }'

const overview = (more: string) => `{
  viewer {
    id
    organizations(first: 25) {
      nodes {
        id slug name
        projects(first: 100) { nodes { id slug name platform } }
        ${more}
      }
    }
  }
}`

const issuesAndTeams = `
  issues(first: 25) { nodes { ${issueFields} } }
  teams(first: 25) { nodes { id slug name memberCount } }`

const inbox = `{ viewer { issues(first: 25) { nodes { ${issueFields} organization { slug } } } } }`

const issuePage = `query ($organization: String!, $shortId: String!) {
  organization(slug: $organization) {
    id slug name
    issue(shortId: $shortId) {
      ${issueFields}
      event {
        eventId title occurredAt
        tags { key value }
        exceptions { type value stackTrace { frames { function filename line isInApp context { line code } } } }
        breadcrumbs { at category level message }
      }
      tags(keys: ["environment", "level", "release", "server_name"]) { key totalValues topValues { value count } }
    }
  }
}`

/** The questions; the issue page is that of an issue by its short id. */
export function createWorkloads(shortId: string): Workload[] {
  return [
    { name: 'viewer', query: '{ viewer { id } }', variables: {}, restPath: '/viewer', depth: 0 },
    { name: 'projects', query: overview(''), variables: {}, restPath: '/overview', depth: 2 },
    {
      name: 'projects, issues, teams',
      query: overview(issuesAndTeams),
      variables: {},
      restPath: '/overview?with=issues,teams',
      depth: 2,
    },
    {
      name: 'issue page',
      query: issuePage,
      variables: { organization, shortId },
      restPath: `/organizations/${organization}/issues/${shortId}`,
      depth: 2,
    },
    { name: 'inbox', query: inbox, variables: {}, restPath: '/inbox', depth: 2 },
  ]
}

/** A question whose answer names an issue for the issue page. */
export const issueToOpen = `{ organization(slug: "${organization}") { issues(first: 1, filter: { query: "level:error platform:python" }) { nodes { shortId } } } }`
