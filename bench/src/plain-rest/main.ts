import cookie from '@fastify/cookie'
import fastify from 'fastify'
import { reportReady } from '../processes/parent.ts'
import { readPlainSettings } from '../plain/settings.ts'
import {
  mergeIssues,
  readEvent,
  readIssue,
  readOrganization,
  readProject,
  readTag,
  readTeam,
  viewerId,
  type SentryEvent,
  type SentryIssue,
  type SentryIssues,
  type SentryOrganization,
  type SentryProjects,
  type SentryTag,
  type SentryTeams,
} from '../plain/records.ts'
import {
  eventPath,
  getFromSentry,
  inboxPath,
  issuePath,
  issuesPath,
  organizationPath,
  organizationsPath,
  projectsPath,
  tagPath,
  teamsPath,
} from '../plain/sentry.ts'
import { cookieName, createSessions } from '../plain/sessions.ts'

// Endpoints that make the calls the graph makes for the same questions, and join the answers without GraphQL.

const { sentryUrl, personId, sessionCount } = readPlainSettings()
const sessions = createSessions(sessionCount, personId)
const app = fastify({ logger: true })
await app.register(cookie)

const sessionOf = (id: string | undefined) => {
  const session = sessions.get(id ?? '')
  if (session === undefined) throw Object.assign(new Error('Sign in.'), { statusCode: 401 })
  return session
}

app.get('/viewer', async (request) => {
  const { user } = sessionOf(request.cookies[cookieName])
  return { viewer: { id: viewerId(user.id) } }
})

app.get<{ Querystring: { with?: string } }>('/overview', async (request) => {
  const { user, accessToken } = sessionOf(request.cookies[cookieName])
  const withIssuesAndTeams = request.query.with === 'issues,teams'
  const organizations = await getFromSentry<SentryOrganization[]>(sentryUrl + organizationsPath, accessToken)
  const read = withIssuesAndTeams ? readWhole : readProjects
  const nodes = await Promise.all(organizations.map((organization) => read(organization, accessToken)))
  return { viewer: { id: viewerId(user.id), organizations: { nodes } } }
})

async function readProjects(organization: SentryOrganization, accessToken: string) {
  const { id, slug, links } = organization
  const projects = await getFromSentry<SentryProjects>(links.regionUrl + projectsPath(slug), accessToken)
  return {
    ...readOrganization(organization),
    projects: { nodes: projects.map((project) => readProject(id, project)) },
  }
}

async function readWhole(organization: SentryOrganization, accessToken: string) {
  const { id, slug, links } = organization
  const [withProjects, issues, teams] = await Promise.all([
    readProjects(organization, accessToken),
    getFromSentry<SentryIssues>(links.regionUrl + issuesPath(slug), accessToken),
    getFromSentry<SentryTeams>(links.regionUrl + teamsPath(slug), accessToken),
  ])
  return {
    ...withProjects,
    issues: { nodes: issues.map((issue) => readIssue(id, issue)) },
    teams: { nodes: teams.map((team) => readTeam(id, team)) },
  }
}

app.get('/inbox', async (request) => {
  const { accessToken } = sessionOf(request.cookies[cookieName])
  const organizations = await getFromSentry<SentryOrganization[]>(sentryUrl + organizationsPath, accessToken)
  const lists = await Promise.all(organizations.map((organization) => readInbox(organization, accessToken)))
  return { viewer: { issues: { nodes: mergeIssues(lists, 25) } } }
})

async function readInbox({ id, slug, links }: SentryOrganization, accessToken: string) {
  const issues = await getFromSentry<SentryIssues>(links.regionUrl + inboxPath(slug), accessToken)
  return issues.map((issue) => ({ ...readIssue(id, issue), organization: { slug } }))
}

app.get<{ Params: { slug: string; shortId: string } }>('/organizations/:slug/issues/:shortId', async (request) => {
  const { accessToken } = sessionOf(request.cookies[cookieName])
  const { slug, shortId } = request.params
  const get = <T>(url: string) => getFromSentry<T>(url, accessToken)
  // The control host forwards to the region by the slug.
  const [organization, { group }] = await Promise.all([
    get<SentryOrganization>(sentryUrl + organizationPath(slug)),
    get<{ group: SentryIssue }>(sentryUrl + issuePath(slug, shortId)),
  ])
  const region = organization.links.regionUrl
  const [event, ...tags] = await Promise.all([
    get<SentryEvent>(region + eventPath(slug, group.id)),
    ...['environment', 'level', 'release', 'server_name'].map((key) =>
      get<SentryTag>(region + tagPath(slug, group.id, key)),
    ),
  ])
  const issue = { ...readIssue(organization.id, group), event: readEvent(event), tags: tags.map(readTag) }
  return { organization: { ...readOrganization(organization), issue } }
})

const url = await app.listen({ host: '127.0.0.1', port: 0 })
reportReady({ url, cookies: [...sessions.keys()].map((id) => `${cookieName}=${id}`) })
