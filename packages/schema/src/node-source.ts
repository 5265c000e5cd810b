import type {
  ActorReference,
  Event,
  Issue,
  Member,
  Monitor,
  Organization,
  OrganizationAddress,
  Project,
  Release,
  Replay,
  Team,
  TeamReference,
  User,
  Workflow,
} from '@sentry-graph/sentry-api'
import type { Viewer } from './context.ts'
import type { GlobalId } from './global-id.ts'

/** What stands behind a node in the graph: its identity, its organization and what is known of it so far. */
export interface NodeSource {
  globalId: GlobalId
}

/** `record` is null for an organization of which only the id is known; its details cost a call. */
export interface OrganizationSource extends NodeSource {
  sentryId: string
  record: Organization | null
}

/** What an issue says of its project. */
export type ProjectReference = Pick<Project, 'id' | 'slug' | 'name' | 'platform'>

/** `record` is null for a project that an issue merely names; `reference` is carried by both. */
export interface ProjectSource extends NodeSource {
  organization: OrganizationSource
  reference: ProjectReference
  record: Project | null
}

/** `record` is null for a team that a project or an issue merely names, the latter without its slug. */
export interface TeamSource extends NodeSource {
  organization: OrganizationSource
  reference: Pick<TeamReference, 'id' | 'name'> & { slug: string | null }
  record: Team | null
}

export interface MemberSource extends NodeSource {
  organization: OrganizationSource
  record: Member
}

/** `record` is null for a person whom an issue merely names; `reference` is carried by both. */
export interface UserSource extends NodeSource {
  organization: OrganizationSource | null
  reference: Pick<User, 'id' | 'name' | 'email'>
  record: User | null
}

export interface IssueSource extends NodeSource {
  organization: OrganizationSource
  record: Issue
}

/** `record` is null for a release of which only the version is known. */
export interface ReleaseSource extends NodeSource {
  organization: OrganizationSource
  version: string
  record: Release | null
}

/** `issue` is null for an event that was not reached through its issue. */
export interface EventSource extends NodeSource {
  organization: OrganizationSource
  record: Event
  issue: IssueSource | null
}

export interface MonitorSource extends NodeSource {
  organization: OrganizationSource
  record: Monitor
}

export interface ReplaySource extends NodeSource {
  organization: OrganizationSource
  record: Replay
}

export interface AlertSource extends NodeSource {
  organization: OrganizationSource
  record: Workflow
}

export interface ViewerSource extends NodeSource {
  viewer: Viewer
}

export function organizationSource(record: Organization): OrganizationSource {
  return { ...organizationReference(record.id), record }
}

export function organizationReference(sentryId: string): OrganizationSource {
  return { globalId: { kind: 'Organization', organizationId: null, id: sentryId }, sentryId, record: null }
}

/** Where to ask about it: in its region when that is known, else at the control host. */
export function addressOf({ sentryId, record }: OrganizationSource): OrganizationAddress {
  return { idOrSlug: record?.slug ?? sentryId, regionUrl: record?.regionUrl ?? null }
}

export function projectSource(organization: OrganizationSource, project: Project | ProjectReference): ProjectSource {
  const globalId: GlobalId = { kind: 'Project', organizationId: organization.sentryId, id: project.id }
  return { globalId, organization, reference: project, record: 'teams' in project ? project : null }
}

export function teamSource(organization: OrganizationSource, team: Team | TeamSource['reference']): TeamSource {
  const globalId: GlobalId = { kind: 'Team', organizationId: organization.sentryId, id: team.id }
  return { globalId, organization, reference: team, record: 'memberCount' in team ? team : null }
}

export function memberSource(organization: OrganizationSource, record: Member): MemberSource {
  return { globalId: { kind: 'Member', organizationId: organization.sentryId, id: record.id }, organization, record }
}

/** A person seen through an organization; without one only the viewer, whom Sentry needs not be asked about. */
export function userSource(organization: OrganizationSource | null, user: User | UserSource['reference']): UserSource {
  const globalId: GlobalId = { kind: 'User', organizationId: organization?.sentryId ?? null, id: user.id }
  return { globalId, organization, reference: user, record: 'username' in user ? user : null }
}

export function issueSource(organization: OrganizationSource, record: Issue): IssueSource {
  return { globalId: { kind: 'Issue', organizationId: organization.sentryId, id: record.id }, organization, record }
}

export function releaseSource(
  organization: OrganizationSource,
  release: Release | Pick<Release, 'version'>,
): ReleaseSource {
  const { version } = release
  const globalId: GlobalId = { kind: 'Release', organizationId: organization.sentryId, id: version }
  return { globalId, organization, version, record: 'authors' in release ? release : null }
}

export function eventSource(
  organization: OrganizationSource,
  record: Event,
  issue: IssueSource | null = null,
): EventSource {
  const globalId: GlobalId = { kind: 'Event', organizationId: organization.sentryId, id: record.eventId }
  return { globalId, organization, record, issue }
}

export function monitorSource(organization: OrganizationSource, record: Monitor): MonitorSource {
  return { globalId: { kind: 'Monitor', organizationId: organization.sentryId, id: record.id }, organization, record }
}

export function replaySource(organization: OrganizationSource, record: Replay): ReplaySource {
  return { globalId: { kind: 'Replay', organizationId: organization.sentryId, id: record.id }, organization, record }
}

export function alertSource(organization: OrganizationSource, record: Workflow): AlertSource {
  return { globalId: { kind: 'Alert', organizationId: organization.sentryId, id: record.id }, organization, record }
}

/** The person or team that an answer names as the one to look after something. */
export function actorSource(
  organization: OrganizationSource,
  { type, id, name, email }: ActorReference,
): UserSource | TeamSource {
  if (type === 'user') return userSource(organization, { id, name, email })
  return teamSource(organization, { id, slug: null, name: name ?? id })
}

export function viewerSource(viewer: Viewer): ViewerSource {
  return { globalId: { kind: 'Viewer', organizationId: null, id: viewer.user.sentryId }, viewer }
}

export function viewerUserSource({ user }: Viewer): UserSource {
  const { sentryId, name, username, email, avatarUrl } = user
  return userSource(null, { id: sentryId, name, username, email, avatarUrl })
}
