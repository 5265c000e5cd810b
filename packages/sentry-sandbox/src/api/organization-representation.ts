import type { HostName, Organization } from '../world/organization.ts'
import { organizationRoles } from '../world/roles.ts'
import type { OrganizationAccess } from './organization-access.ts'

export const letterAvatar = { avatarType: 'letter_avatar', avatarUuid: null, avatarUrl: null }

const optionalFeatures = ['advanced-search', 'discover-basic', 'issue-platform', 'performance-view', 'session-replay']

/** An organization as a list item. */
export function presentOrganization(organization: Organization, origins: Readonly<Record<HostName, string>>): object {
  return {
    id: organization.id,
    slug: organization.slug,
    status: { id: 'active', name: 'active' },
    name: organization.name,
    dateCreated: organization.dateCreated,
    isEarlyAdopter: organization.isEarlyAdopter,
    require2FA: organization.require2FA,
    hasAuthProvider: false,
    avatar: letterAvatar,
    allowMemberInvite: true,
    allowMemberProjectCreation: true,
    allowSuperuserAccess: false,
    links: {
      organizationUrl: `${origins.control}/organizations/${organization.slug}`,
      regionUrl: origins[organization.region],
    },
    features: [],
  }
}

/** What the detail adds; `teams` and `projects` are left to the caller, who may not want them. */
export function presentOrganizationDetail(
  access: OrganizationAccess,
  origins: Readonly<Record<HostName, string>>,
  showsFeatures: boolean,
): object {
  return {
    ...presentOrganization(access.organization, origins),
    features: showsFeatures ? optionalFeatures : [],
    role: access.role.id,
    orgRole: access.role.id,
    access: access.scopes.toSorted(),
    openMembership: access.organization.hasOpenMembership,
    defaultRole: 'member',
    orgRoleList: presentOrganizationRoles(),
    teamRoleList: presentTeamRoles(),
    quota: { maxRate: null, maxRateInterval: 60, accountLimit: 0, projectLimit: 100 },
    onboardingTasks: [],
    pendingAccessRequests: 0,
    isDefault: false,
  }
}

/** The roles that an organization can give. */
export function presentOrganizationRoles(): object[] {
  return organizationRoles.map((role) => ({
    id: role.id,
    name: role.name,
    desc: role.description,
    scopes: role.scopes,
    allowed: true,
    isAllowed: true,
    isRetired: role.id === 'admin',
    is_global: role.isGlobal,
    isGlobal: role.isGlobal,
    isTeamRolesAllowed: role.id !== 'billing',
    minimumTeamRole: role.minimumTeamRole,
  }))
}

/** The roles that a team can give. */
export function presentTeamRoles(): object[] {
  return [
    { id: 'contributor', name: 'Contributor', desc: "Can view and act on events of the team's projects." },
    { id: 'admin', name: 'Team Admin', desc: "Can manage the team's projects and memberships." },
  ].map((role) => ({
    ...role,
    scopes: [],
    allowed: false,
    isAllowed: false,
    isRetired: false,
    isTeamRolesAllowed: true,
    isMinimumRoleFor: role.id === 'admin' ? 'admin' : null,
  }))
}
