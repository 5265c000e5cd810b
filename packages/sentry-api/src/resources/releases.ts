import { z } from 'zod'
import { readShape } from '../json-answer.ts'
import { lifetimes } from '../lifetimes.ts'
import { getPage, type Page, type PageOptions } from '../page.ts'
import type { SentryClient } from '../sentry-client.ts'
import { count, date, filledText, flag, id, optional, requiredText, text } from '../shape.ts'
import type { OrganizationAddress } from './organizations.ts'
import { selectedProjects } from './selected-projects.ts'

/** A user, or a mere name and e-mail as the commit has them; even `{}` occurs. */
const authorShape = z
  .object({
    id: id.nullish(),
    name: filledText,
    email: filledText,
    username: filledText,
    avatarUrl: filledText,
  })
  .transform((author) => ({ ...author, id: author.id ?? null }))
/** Who wrote a commit. `id` is null for somebody whom Sentry knows by name and e-mail only. */
export type CommitAuthor = z.output<typeof authorShape>

const author = optional(authorShape)

const deployShape = z.object({
  id,
  environment: filledText,
  name: filledText,
  url: filledText,
  dateStarted: date,
  dateFinished: date,
})
/** An item of `GET organizations/{org}/releases/{version}/deploys/`. */
export type Deploy = z.output<typeof deployShape>

const commitShape = z
  .object({ id, message: text, dateCreated: date, author, repository: z.object({ name: filledText }).nullish() })
  .transform(({ repository, ...commit }) => ({ ...commit, repositoryName: repository?.name ?? null }))
/** An item of `GET organizations/{org}/releases/{version}/commits/`; `id` is the hash of the commit. */
export type Commit = z.output<typeof commitShape>

/** Rates of a release come as percentages, those of sessions as fractions: fractions here. */
const percentage = count.transform((value) => (value === null ? null : value / 100))

const healthShape = z
  .object({
    crashFreeSessions: percentage,
    crashFreeUsers: percentage,
    adoption: percentage,
    totalSessions: count,
    totalUsers: count,
  })
  .nullish()
/** How a release does in one project; rates are fractions of one. */
export type ReleaseHealth = NonNullable<z.output<typeof healthShape>>

const releaseProjectShape = z
  .object({
    id,
    slug: requiredText,
    name: text,
    platform: filledText,
    newGroups: count,
    hasHealthData: flag,
    healthData: healthShape,
  })
  .transform(({ healthData, ...project }) => ({
    ...project,
    name: project.name ?? project.slug,
    /** Undefined where the request did not ask for it. */
    health: healthData,
  }))
/** What a release says of one of its projects. */
export type ReleaseProject = z.output<typeof releaseProjectShape>

const releaseShape = z
  .object({
    version: requiredText,
    shortVersion: filledText,
    status: text,
    ref: filledText,
    url: filledText,
    dateCreated: date,
    dateReleased: date,
    firstEvent: date,
    lastEvent: date,
    newGroups: count,
    commitCount: count,
    deployCount: count,
    lastDeploy: deployShape.nullish().catch(null),
    authors: z.array(author).nullish(),
    projects: z.array(releaseProjectShape).nullish(),
  })
  .transform(({ authors, ...release }) => ({
    ...release,
    lastDeploy: release.lastDeploy ?? null,
    authors: (authors ?? []).filter((value) => value !== null),
    projects: release.projects ?? [],
  }))

/** An item of `GET organizations/{org}/releases/`; the detail of one release holds the same members. */
export type Release = z.output<typeof releaseShape>

const tellsAll = (value: unknown) =>
  typeof value === 'object' && value !== null && 'authors' in value && 'projects' in value

/** A release that something names: whole where it is told with all that a release holds, else its version alone. */
export const namedReleaseShape = z.union([
  z.preprocess((value) => (tellsAll(value) ? value : null), releaseShape),
  z.object({ version: requiredText }),
])

/** What chooses the releases of a list. */
export interface ReleaseSearch {
  /** Part of the version; all when null. */
  query: string | null
  /** Numeric ids; all projects that the person may see when empty. */
  projects: readonly string[]
  environments: readonly string[]
}

/**
 * One page of the releases that are not archived, newest first. `GET organizations/{org}/releases/`, scope
 * `project:read`. @throws SentryApiError `not_found` also for an environment that no project has.
 */
export function listReleases(
  client: SentryClient,
  organization: OrganizationAddress,
  options: PageOptions & { search: ReleaseSearch },
): Promise<Page<Release>> {
  const { search, ...page } = options
  const request = {
    endpoint: '/api/0/organizations/{org}/releases/',
    parameters: { org: organization.idOrSlug },
    query: { query: search.query, project: selectedProjects(search.projects), environment: search.environments },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.moving,
  }
  return getPage(client, request, page, releaseShape)
}

/**
 * One release by its version; with `health` its projects carry how it did in the last 14 days.
 * `GET organizations/{org}/releases/{version}/`, scope `project:read`.
 */
export async function findRelease(
  client: SentryClient,
  organization: OrganizationAddress,
  { version, health }: { version: string; health: boolean },
): Promise<Release> {
  const request = requestOf('/api/0/organizations/{org}/releases/{version}/', organization, version)
  const query = health ? { health: 1, summaryStatsPeriod: '14d' } : {}
  const answer = await client.get({ ...request, query })
  return readShape(releaseShape, answer, request.endpoint)
}

/** One page of deploys, newest first. `GET organizations/{org}/releases/{version}/deploys/`, scope `project:read`. */
export function listDeploys(
  client: SentryClient,
  organization: OrganizationAddress,
  { version, ...page }: PageOptions & { version: string },
): Promise<Page<Deploy>> {
  const request = requestOf('/api/0/organizations/{org}/releases/{version}/deploys/', organization, version)
  return getPage(client, request, page, deployShape)
}

/** One page of commits, newest first. `GET organizations/{org}/releases/{version}/commits/`, scope `project:read`. */
export function listCommits(
  client: SentryClient,
  organization: OrganizationAddress,
  { version, ...page }: PageOptions & { version: string },
): Promise<Page<Commit>> {
  const request = requestOf('/api/0/organizations/{org}/releases/{version}/commits/', organization, version)
  return getPage(client, request, page, commitShape)
}

function requestOf(endpoint: string, organization: OrganizationAddress, version: string) {
  return {
    endpoint,
    parameters: { org: organization.idOrSlug, version },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.moving,
  }
}
