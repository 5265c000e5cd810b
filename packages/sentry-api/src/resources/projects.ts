import { z } from 'zod'
import { readShape } from '../json-answer.ts'
import { lifetimes } from '../lifetimes.ts'
import { getPage, type Page, type PageOptions } from '../page.ts'
import type { SentryClient } from '../sentry-client.ts'
import { date, filledText, flag, id, requiredText, text, texts } from '../shape.ts'
import type { OrganizationAddress } from './organizations.ts'
import { teamReferenceShape } from './teams.ts'

const release = z.object({ version: text }).nullish()

const projectShape = z
  .object({
    id,
    slug: requiredText,
    name: text,
    platform: filledText,
    dateCreated: date,
    firstEvent: date,
    isBookmarked: flag,
    isMember: flag,
    teams: z.array(teamReferenceShape).nullish(),
    environments: texts,
    latestRelease: release,
    hasSessions: flag,
    hasReplays: flag,
    hasMonitors: flag,
    hasProfiles: flag,
    hasMinifiedStackTrace: flag,
  })
  .transform(({ latestRelease, ...project }) => ({
    ...project,
    name: project.name ?? project.slug,
    teams: project.teams ?? [],
    latestReleaseVersion: latestRelease?.version ?? null,
  }))

/** An item of `GET organizations/{org}/projects/`; the detail of one project holds the same members. */
export type Project = z.output<typeof projectShape>

/**
 * One page of the projects the person may see, bookmarked ones first, then by slug.
 * `GET organizations/{org}/projects/`, scope `org:read`. `query` takes text, `id:`, `slug:` and `team:`.
 * What no reading of ours looks at is collapsed: Sentry has to look the latest deploys up.
 */
export function listProjects(
  client: SentryClient,
  organization: OrganizationAddress,
  options: PageOptions & { query?: string | null } = {},
): Promise<Page<Project>> {
  const { query, ...page } = options
  const request = {
    endpoint: '/api/0/organizations/{org}/projects/',
    parameters: { org: organization.idOrSlug },
    query: { query, collapse: ['latestDeploys', 'unusedFeatures'] },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.settled,
  }
  return getPage(client, request, page, projectShape)
}

/** One page of the projects of a team, by its id or slug. `GET teams/{org}/{team}/projects/`, scope `project:read`. */
export function listTeamProjects(
  client: SentryClient,
  organization: OrganizationAddress,
  { team, ...page }: PageOptions & { team: string },
): Promise<Page<Project>> {
  const request = {
    endpoint: '/api/0/teams/{org}/{team}/projects/',
    parameters: { org: organization.idOrSlug, team },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.settled,
  }
  return getPage(client, request, page, projectShape)
}

/** One project by id or exact-case slug, a former slug included. `GET projects/{org}/{project}/`, scope `project:read`. */
export async function findProject(
  client: SentryClient,
  organization: OrganizationAddress,
  project: string,
): Promise<Project> {
  const endpoint = '/api/0/projects/{org}/{project}/'
  const answer = await client.get({
    endpoint,
    parameters: { org: organization.idOrSlug, project },
    // Saves Sentry several hundred milliseconds: https://docs.sentry.io/api/projects/retrieve-a-project/
    query: { collapse: 'organization' },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.settled,
    movedParameter: 'project',
  })
  return readShape(projectShape, answer, endpoint)
}
