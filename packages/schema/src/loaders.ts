import {
  findMember,
  findOrganization,
  findProject,
  findTeam,
  listMembers,
  listOrganizations,
  listProjects,
  listTeams,
  type Member,
  type Organization,
  type OrganizationDetail,
  type Project,
  type SentryClient,
  type Team,
} from '@sentry-graph/sentry-api'
import DataLoader from 'dataloader'
import { addressOf, type OrganizationSource } from './node-source.ts'
import {
  createReferenceLoader,
  notFound,
  type Reference,
  referenceKey,
  type ReferenceLoader,
} from './reference-loader.ts'

export interface NamedReference {
  organization: OrganizationSource
  slug: string
}

/** What one operation has asked for by key; each is asked once, and pages fill them. */
export interface Loaders {
  /** By numeric id. */
  organizations: DataLoader<string, Organization>
  organizationDetails: DataLoader<OrganizationSource, OrganizationDetail, string>
  projects: ReferenceLoader<Project>
  projectsBySlug: DataLoader<NamedReference, Project, string>
  teams: ReferenceLoader<Team>
  teamsBySlug: DataLoader<NamedReference, Team, string>
  /** By membership id. */
  members: DataLoader<Reference, Member, string>
  /** Memberships by the user's id. */
  membersByUser: ReferenceLoader<Member>
}

export function createLoaders(sentry: SentryClient): Loaders {
  return {
    organizations: new DataLoader((ids) => loadOrganizations(sentry, ids), { maxBatchSize: 100 }),
    organizationDetails: eachAlone(
      (organization: OrganizationSource) => findOrganization(sentry, addressOf(organization)),
      ({ sentryId }) => sentryId,
    ),
    projects: createReferenceLoader({
      list: (organization, options) => listProjects(sentry, organization, options),
      term: 'id',
      idOf: ({ id }) => id,
    }),
    projectsBySlug: eachAlone(
      ({ organization, slug }: NamedReference) => findProject(sentry, addressOf(organization), slug),
      slugKey,
    ),
    teams: createReferenceLoader({
      list: (organization, options) => listTeams(sentry, organization, options),
      term: 'id',
      idOf: ({ id }) => id,
    }),
    teamsBySlug: eachAlone(
      ({ organization, slug }: NamedReference) => findTeam(sentry, addressOf(organization), slug),
      slugKey,
    ),
    members: eachAlone(
      ({ organization, id }: Reference) => findMember(sentry, addressOf(organization), id),
      referenceKey,
    ),
    membersByUser: createReferenceLoader({
      list: (organization, options) => listMembers(sentry, organization, options),
      term: 'user.id',
      idOf: ({ user }) => user?.id,
    }),
  }
}

async function loadOrganizations(sentry: SentryClient, ids: readonly string[]): Promise<(Organization | Error)[]> {
  const query = ids.map((id) => `id:${id}`).join(' ')
  const { items } = await listOrganizations(sentry, { query, perPage: 100 })
  const found = new Map(items.map((organization) => [organization.id, organization]))
  return ids.map((id) => found.get(id) ?? notFound())
}

function slugKey({ organization, slug }: NamedReference): string {
  return `${organization.sentryId}:${slug}`
}

/** For what Sentry gives one at a time: remembered, not batched. */
function eachAlone<Key, Value>(load: (key: Key) => Promise<Value>, keyOf: (key: Key) => string) {
  const loadAll = (keys: readonly Key[]) =>
    Promise.all(keys.map((key) => load(key).catch((error: unknown) => toError(error))))
  return new DataLoader<Key, Value, string>(loadAll, { cacheKeyFn: keyOf })
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error('Loading failed.', { cause: error })
}
