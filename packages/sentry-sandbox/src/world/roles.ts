/** What a person may do in an organization, by role, as Sentry's member endpoint describes its roles. */
export interface OrganizationRole {
  id: string
  name: string
  description: string
  scopes: readonly string[]
  /** A global role sees every project and team, whatever its teams are. */
  isGlobal: boolean
  minimumTeamRole: 'contributor' | 'admin'
}

const memberScopes = [
  'alerts:read',
  'alerts:write',
  'event:admin',
  'event:read',
  'event:write',
  'member:read',
  'org:read',
  'project:read',
  'project:releases',
  'team:read',
]
const adminScopes = [...memberScopes, 'org:integrations', 'project:admin', 'project:write', 'team:admin', 'team:write']
const managerScopes = [...adminScopes, 'member:admin', 'member:invite', 'member:write', 'org:write']
const ownerScopes = [...managerScopes, 'org:admin']

/** From the least to the most powerful. */
export const organizationRoles = [
  {
    id: 'billing',
    name: 'Billing',
    description: 'Can manage subscription and billing details.',
    scopes: [],
    isGlobal: false,
    minimumTeamRole: 'contributor',
  },
  {
    id: 'member',
    name: 'Member',
    description: 'Can view and act on events, and view most other data of the organization.',
    scopes: memberScopes,
    isGlobal: false,
    minimumTeamRole: 'contributor',
  },
  {
    id: 'admin',
    name: 'Admin',
    description: 'Admin of the teams they are in: can manage their projects and memberships.',
    scopes: adminScopes,
    isGlobal: false,
    minimumTeamRole: 'admin',
  },
  {
    id: 'manager',
    name: 'Manager',
    description: 'Admin of all teams; can add and remove members.',
    scopes: managerScopes,
    isGlobal: true,
    minimumTeamRole: 'admin',
  },
  {
    id: 'owner',
    name: 'Owner',
    description: 'Unrestricted access to the organization, its data and its settings.',
    scopes: ownerScopes,
    isGlobal: true,
    minimumTeamRole: 'admin',
  },
] as const satisfies readonly OrganizationRole[]

export type OrganizationRoleId = (typeof organizationRoles)[number]['id']

/** The role of that id. */
export function findRole(id: OrganizationRoleId): OrganizationRole {
  const role = organizationRoles.find((candidate) => candidate.id === id)
  if (role === undefined) throw new Error(`There is no organization role ${id}`)
  return role
}
