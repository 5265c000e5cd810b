import {
  type Event,
  findEvent,
  findMember,
  findMonitor,
  findOrganization,
  findProject,
  findRelease,
  findReplay,
  findTeam,
  type Issue,
  type IssueStatsPeriod,
  LARGEST_PAGE,
  listMembers,
  listOrganizations,
  listProjects,
  listTeams,
  listWorkflows,
  type Member,
  type Monitor,
  type Organization,
  type OrganizationDetail,
  type Project,
  type Release,
  type Replay,
  type SentryClient,
  type Team,
  type Workflow,
} from '@sentry-graph/sentry-api'
import DataLoader from 'dataloader'
import { createIssueDetailLoader, type IssueDetailLoader } from './issue-detail-loader.ts'
import { createIssueLoader } from './issue-loader.ts'
import { createIssuesByShortId, type IssuesByShortId } from './issues-by-short-id.ts'
import { addressOf, type OrganizationSource } from './node-source.ts'
import { createProjectStatistics, type ProjectStatistics } from './project-statistics.ts'
import {
  byTerm,
  createReferenceLoader,
  createSingleLoader,
  notFound,
  type ReferenceLoader,
  toError,
} from './reference-loader.ts'
import { createReleaseHealthLoader, type HealthOfRelease } from './release-health.ts'

/** What one operation has asked for by key; each is asked once, and pages fill them. */
export interface Loaders {
  /** By numeric id. */
  organizations: DataLoader<string, Organization>
  organizationDetails: DataLoader<OrganizationSource, OrganizationDetail, string>
  projects: ReferenceLoader<Project>
  /** By slug, a former one included. */
  projectsBySlug: ReferenceLoader<Project>
  teams: ReferenceLoader<Team>
  teamsBySlug: ReferenceLoader<Team>
  /** By membership id. */
  members: ReferenceLoader<Member>
  /** Memberships by the user's id. */
  membersByUser: ReferenceLoader<Member>
  /** By numeric id, with everything that one can be asked for. */
  issues: ReferenceLoader<Issue>
  issuesByShortId: IssuesByShortId
  /** Issues with what only their own answers tell. */
  issueDetails: IssueDetailLoader
  /** By event id. */
  events: ReferenceLoader<Event>
  /** By id. */
  monitors: ReferenceLoader<Monitor>
  /** By replay id, whole. */
  replays: ReferenceLoader<Replay>
  /** By numeric id. */
  alerts: ReferenceLoader<Workflow>
  /** Issues with their series of a period, by numeric id. */
  issueTrends: Record<IssueStatsPeriod, ReferenceLoader<Issue>>
  /** By version. */
  releases: ReferenceLoader<Release>
  /** By version, with the health of their projects. */
  releasesWithHealth: ReferenceLoader<Release>
  /** By version. */
  releaseHealth: ReferenceLoader<HealthOfRelease>
  projectStatistics: ProjectStatistics
}

type Makers = { [Name in keyof Loaders]: (sentry: SentryClient) => Loaders[Name] }

const makers: Makers = {
  organizations: (sentry) => new DataLoader((ids) => loadOrganizations(sentry, ids), { maxBatchSize: 100 }),
  organizationDetails: (sentry) =>
    new DataLoader<OrganizationSource, OrganizationDetail, string>(
      (organizations) =>
        Promise.all(organizations.map((one) => findOrganization(sentry, addressOf(one)).catch(toError))),
      { cacheKeyFn: ({ sentryId }) => sentryId },
    ),
  projects: (sentry) =>
    createReferenceLoader({
      list: byTerm('id', (organization, options) => listProjects(sentry, organization, options)),
      keyOf: ({ id }) => id,
    }),
  projectsBySlug: (sentry) =>
    createReferenceLoader({
      list: byTerm('slug', (organization, options) => listProjects(sentry, organization, options)),
      keyOf: ({ slug }) => slug,
      findMissing: (organization, slug) => findProject(sentry, organization, slug),
    }),
  teams: (sentry) =>
    createReferenceLoader({
      list: byTerm('id', (organization, options) => listTeams(sentry, organization, options)),
      keyOf: ({ id }) => id,
    }),
  teamsBySlug: (sentry) =>
    createSingleLoader({
      find: (organization, slug) => findTeam(sentry, organization, slug),
      keyOf: ({ slug }) => slug,
    }),
  members: (sentry) =>
    createSingleLoader({
      find: (organization, id) => findMember(sentry, organization, id),
      keyOf: ({ id }) => id,
    }),
  membersByUser: (sentry) =>
    createReferenceLoader({
      list: byTerm('user.id', (organization, options) => listMembers(sentry, organization, options)),
      keyOf: ({ user }) => user?.id,
    }),
  issues: (sentry) => createIssueLoader(sentry, '24h'),
  issuesByShortId: createIssuesByShortId,
  releases: (sentry) => releaseLoader(sentry, { health: false }),
  releasesWithHealth: (sentry) => releaseLoader(sentry, { health: true }),
  releaseHealth: createReleaseHealthLoader,
  projectStatistics: createProjectStatistics,
  issueDetails: createIssueDetailLoader,
  events: (sentry) =>
    createSingleLoader({
      find: (organization, id) => findEvent(sentry, organization, id),
      keyOf: ({ eventId }) => eventId,
    }),
  monitors: (sentry) =>
    createSingleLoader({
      find: (organization, id) => findMonitor(sentry, organization, id),
      keyOf: ({ id }) => id,
    }),
  replays: (sentry) =>
    createSingleLoader({
      find: (organization, id) => findReplay(sentry, organization, id),
      keyOf: ({ id }) => id,
    }),
  alerts: (sentry) =>
    createReferenceLoader({
      list: async (organization, ids) =>
        (await listWorkflows(sentry, organization, { ids, perPage: LARGEST_PAGE })).items,
      keyOf: ({ id }) => id,
    }),
  issueTrends: (sentry) => ({ '24h': createIssueLoader(sentry, '24h'), '14d': createIssueLoader(sentry, '14d') }),
}

/** Each loader is made when it is first used: most operations use few. */
class OperationLoaders {
  static {
    for (const name of Object.keys(makers) as (keyof Loaders)[]) {
      Object.defineProperty(this.prototype, name, {
        get(this: OperationLoaders) {
          return this.#loaderOf(name)
        },
      })
    }
  }

  readonly #sentry: SentryClient
  readonly #made: Partial<Loaders> = {}

  constructor(sentry: SentryClient) {
    this.#sentry = sentry
  }

  #loaderOf<Name extends keyof Loaders>(name: Name): Loaders[Name] {
    return (this.#made[name] ??= makers[name](this.#sentry))
  }
}

export function createLoaders(sentry: SentryClient): Loaders {
  // There is a maker, and so a getter, for every name.
  return new OperationLoaders(sentry) as unknown as Loaders
}

function releaseLoader(sentry: SentryClient, { health }: { health: boolean }): ReferenceLoader<Release> {
  return createSingleLoader({
    find: (organization, version) => findRelease(sentry, organization, { version, health }),
    keyOf: ({ version }) => version,
  })
}

async function loadOrganizations(sentry: SentryClient, ids: readonly string[]): Promise<(Organization | Error)[]> {
  const query = ids.map((id) => `id:${id}`).join(' ')
  const { items } = await listOrganizations(sentry, { query, perPage: LARGEST_PAGE })
  const found = new Map(items.map((organization) => [organization.id, organization]))
  return ids.map((id) => found.get(id) ?? notFound())
}
