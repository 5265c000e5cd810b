import type { FastifyReply, FastifyRequest } from 'fastify'
import { createSchema } from 'graphql-yoga'
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
import type { PlainSession } from '../plain/sessions.ts'
import { typeDefs } from './type-defs.ts'

/** What Fastify knows of a request. */
export interface ServerContext {
  req: FastifyRequest
  reply: FastifyReply
}

/** What resolvers know of a request. */
export interface PlainContext {
  sentryUrl: string
  session: PlainSession | null
}

interface IssueSource extends ReturnType<typeof readIssue> {
  organization: SentryOrganization
  sentryId: string
}

/** The part of the graph that the workloads ask for, its resolvers written one beside the other. */
export const schema = createSchema<ServerContext & PlainContext>({
  typeDefs,
  resolvers: {
    Query: {
      viewer: (_, __, { session }) => session?.user ?? null,
      organization: (_, { slug }: { slug: string }, context) =>
        get<SentryOrganization>(context, context.sentryUrl + organizationPath(slug)),
    },
    Viewer: {
      id: ({ id }: PlainSession['user']) => viewerId(id),
      async organizations(_, __, context) {
        const nodes = await get<SentryOrganization[]>(context, context.sentryUrl + organizationsPath)
        return { nodes }
      },
      async issues(_, { first }: { first: number }, context) {
        const organizations = await get<SentryOrganization[]>(context, context.sentryUrl + organizationsPath)
        const lists = await Promise.all(
          organizations.map((organization) => readIssues(organization, inboxPath, context)),
        )
        return { nodes: mergeIssues(lists, first) }
      },
    },
    Organization: {
      id: (organization: SentryOrganization) => readOrganization(organization).id,
      async projects({ id, slug, links }: SentryOrganization, _, context) {
        const projects = await get<SentryProjects>(context, links.regionUrl + projectsPath(slug))
        return { nodes: projects.map((project) => readProject(id, project)) }
      },
      async teams({ id, slug, links }: SentryOrganization, _, context) {
        const teams = await get<SentryTeams>(context, links.regionUrl + teamsPath(slug))
        return { nodes: teams.map((team) => readTeam(id, team)) }
      },
      async issues(organization: SentryOrganization, _, context) {
        return { nodes: await readIssues(organization, issuesPath, context) }
      },
      async issue(organization: SentryOrganization, { shortId }: { shortId: string }, context) {
        const url = organization.links.regionUrl + issuePath(organization.slug, shortId)
        const { group } = await get<{ group: SentryIssue }>(context, url)
        return issueSource(organization, group)
      },
    },
    Issue: {
      async event({ organization, sentryId }: IssueSource, _, context) {
        const { slug, links } = organization
        return readEvent(await get<SentryEvent>(context, links.regionUrl + eventPath(slug, sentryId)))
      },
      tags({ organization, sentryId }: IssueSource, { keys }: { keys: string[] }, context) {
        const { slug, links } = organization
        return keys.map(async (key) =>
          readTag(await get<SentryTag>(context, links.regionUrl + tagPath(slug, sentryId, key))),
        )
      },
    },
  },
})

function get<T>({ session }: PlainContext, url: string): Promise<T> {
  if (session === null) throw new Error('Sign in.')
  return getFromSentry<T>(url, session.accessToken)
}

async function readIssues(
  organization: SentryOrganization,
  pathOf: (slug: string) => string,
  context: PlainContext,
): Promise<IssueSource[]> {
  const issues = await get<SentryIssues>(context, organization.links.regionUrl + pathOf(organization.slug))
  return issues.map((issue) => issueSource(organization, issue))
}

function issueSource(organization: SentryOrganization, issue: SentryIssue): IssueSource {
  return { ...readIssue(organization.id, issue), organization, sentryId: issue.id }
}
