import type {
  Member,
  Organization,
  OrganizationAddress,
  Project,
  Team,
  TeamReference,
  User,
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

export interface ProjectSource extends NodeSource {
  organization: OrganizationSource
  record: Project
}

/** `record` is null for a team that a project merely names; `reference` is carried by both. */
export interface TeamSource extends NodeSource {
  organization: OrganizationSource
  reference: TeamReference
  record: Team | null
}

export interface MemberSource extends NodeSource {
  organization: OrganizationSource
  record: Member
}

export interface UserSource extends NodeSource {
  record: User
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

export function projectSource(organization: OrganizationSource, record: Project): ProjectSource {
  return { globalId: { kind: 'Project', organizationId: organization.sentryId, id: record.id }, organization, record }
}

export function teamSource(organization: OrganizationSource, team: Team | TeamReference): TeamSource {
  const globalId: GlobalId = { kind: 'Team', organizationId: organization.sentryId, id: team.id }
  return { globalId, organization, reference: team, record: 'memberCount' in team ? team : null }
}

export function memberSource(organization: OrganizationSource, record: Member): MemberSource {
  return { globalId: { kind: 'Member', organizationId: organization.sentryId, id: record.id }, organization, record }
}

/** A person seen through an organization; without one only the viewer, whom Sentry needs not be asked about. */
export function userSource(organization: OrganizationSource | null, record: User): UserSource {
  const organizationId = organization?.sentryId ?? null
  return { globalId: { kind: 'User', organizationId, id: record.id }, record }
}

export function viewerSource(viewer: Viewer): ViewerSource {
  return { globalId: { kind: 'Viewer', organizationId: null, id: viewer.user.sentryId }, viewer }
}

export function viewerUserSource({ user }: Viewer): UserSource {
  const { sentryId, name, username, email, avatarUrl } = user
  return userSource(null, { id: sentryId, name, username, email, avatarUrl })
}
