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
import { addressOf, type OrganizationSource } from './node-source.ts'
import { createProjectStatistics, type ProjectStatistics } from './project-statistics.ts'
import {
  byTerm,
  createReferenceLoader,
  notFound,
  type Reference,
  referenceKey,
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

export function createLoaders(sentry: SentryClient): Loaders {
  return {
    organizations: new DataLoader((ids) => loadOrganizations(sentry, ids), { maxBatchSize: 100 }),
    organizationDetails: eachAlone(
      (organization: OrganizationSource) => findOrganization(sentry, addressOf(organization)),
      ({ sentryId }) => sentryId,
    ),
    projects: createReferenceLoader({
      list: byTerm('id', (organization, options) => listProjects(sentry, organization, options)),
      keyOf: ({ id }) => id,
    }),
    projectsBySlug: createReferenceLoader({
      list: byTerm('slug', (organization, options) => listProjects(sentry, organization, options)),
      keyOf: ({ slug }) => slug,
      findMissing: (organization, slug) => findProject(sentry, organization, slug),
    }),
    teams: createReferenceLoader({
      list: byTerm('id', (organization, options) => listTeams(sentry, organization, options)),
      keyOf: ({ id }) => id,
    }),
    teamsBySlug: eachAlone(
      ({ organization, key }: Reference) => findTeam(sentry, addressOf(organization), key),
      referenceKey,
    ),
    members: eachAlone(
      ({ organization, key }: Reference) => findMember(sentry, addressOf(organization), key),
      referenceKey,
    ),
    membersByUser: createReferenceLoader({
      list: byTerm('user.id', (organization, options) => listMembers(sentry, organization, options)),
      keyOf: ({ user }) => user?.id,
    }),
    issues: createIssueLoader(sentry, '24h'),
    releases: releaseLoader(sentry, { health: false }),
    releasesWithHealth: releaseLoader(sentry, { health: true }),
    releaseHealth: createReleaseHealthLoader(sentry),
    projectStatistics: createProjectStatistics(sentry),
    issueDetails: createIssueDetailLoader(sentry),
    events: eachAlone(
      ({ organization, key }: Reference) => findEvent(sentry, addressOf(organization), key),
      referenceKey,
    ),
    monitors: eachAlone(
      ({ organization, key }: Reference) => findMonitor(sentry, addressOf(organization), key),
      referenceKey,
    ),
    replays: eachAlone(
      ({ organization, key }: Reference) => findReplay(sentry, addressOf(organization), key),
      referenceKey,
    ),
    alerts: createReferenceLoader({
      list: async (organization, ids) =>
        (await listWorkflows(sentry, organization, { ids, perPage: LARGEST_PAGE })).items,
      keyOf: ({ id }) => id,
    }),
    issueTrends: { '24h': createIssueLoader(sentry, '24h'), '14d': createIssueLoader(sentry, '14d') },
  }
}

function releaseLoader(sentry: SentryClient, { health }: { health: boolean }): ReferenceLoader<Release> {
  return eachAlone(
    ({ organization, key }: Reference) => findRelease(sentry, addressOf(organization), { version: key, health }),
    referenceKey,
  )
}

async function loadOrganizations(sentry: SentryClient, ids: readonly string[]): Promise<(Organization | Error)[]> {
  const query = ids.map((id) => `id:${id}`).join(' ')
  const { items } = await listOrganizations(sentry, { query, perPage: LARGEST_PAGE })
  const found = new Map(items.map((organization) => [organization.id, organization]))
  return ids.map((id) => found.get(id) ?? notFound())
}

/** For what Sentry gives one at a time: remembered, not batched. */
function eachAlone<Key, Value>(load: (key: Key) => Promise<Value>, keyOf: (key: Key) => string) {
  const loadAll = (keys: readonly Key[]) => Promise.all(keys.map((key) => load(key).catch(toError)))
  return new DataLoader<Key, Value, string>(loadAll, { cacheKeyFn: keyOf })
}
