import type { Member } from '../world/member.ts'
import type { Organization } from '../world/organization.ts'
import type { Project } from '../world/project.ts'
import { findRole, type OrganizationRole } from '../world/roles.ts'
import type { Team } from '../world/team.ts'
import type { World } from '../world/world.ts'
import { forbidden, notFound } from './api-error.ts'
import type { Answer } from './answer.ts'
import { callerOperation, requireScope, type CallerRequest, type Endpoint, type Operation } from './endpoint.ts'

/** An organization as one caller may see it. */
export interface OrganizationAccess {
  world: World
  organization: Organization
  member: Member
  role: OrganizationRole
  /** The access token's scopes, as far as the role has them. */
  scopes: readonly string[]
  bookmarks: ReadonlySet<string>
}

/** A GET below an organization, for its members. */
export function organizationEndpoint(
  path: string,
  scopes: readonly string[],
  handle: (request: CallerRequest, access: OrganizationAccess) => Answer,
): Endpoint {
  return organizationPath(path, { GET: organizationOperation(scopes, handle) })
}

/** A path below an organization with several methods. */
export function organizationPath(path: string, operations: Endpoint['operations']): Endpoint {
  return { path: `/api/0/${path}`, isControlOnly: false, operations }
}

/** What a method of such a path does, for the organization's members. */
export function organizationOperation(
  scopes: readonly string[],
  handle: (request: CallerRequest, access: OrganizationAccess) => Answer,
): Operation {
  return callerOperation(scopes, (request) => handle(request, openOrganization(request)))
}

/** @throws {ApiError} 404 for no such organization in this region, 403 for one the caller does not belong to. */
function openOrganization(request: CallerRequest): OrganizationAccess {
  const organization = request.world.findOrganization(request.params['organization'] ?? '')
  if (organization === undefined || organization.region !== request.host) throw notFound()
  const access = findAccess(request, organization)
  if (access === null) throw forbidden()
  requireScope(request, access.scopes)
  return access
}

/** The caller's access to an organization; null when they do not belong to it. */
export function findAccess(
  { caller, world }: Pick<CallerRequest, 'caller' | 'world'>,
  organization: Organization,
): OrganizationAccess | null {
  const member = organization.members.find(({ person }) => person?.id === caller.person.id)
  if (member === undefined) return null
  const role = findRole(member.role)
  return {
    world,
    organization,
    member,
    role,
    scopes: caller.scopes.filter((scope) => role.scopes.includes(scope)),
    bookmarks: world.bookmarksOf(caller.person.id),
  }
}

export function isTeamMember({ member }: OrganizationAccess, team: Team): boolean {
  return member.teams.some((membership) => membership.team === team)
}

export function hasTeamAccess(access: OrganizationAccess, team: Team): boolean {
  return access.role.isGlobal || access.organization.hasOpenMembership || isTeamMember(access, team)
}

export function isProjectMember(access: OrganizationAccess, project: Project): boolean {
  return project.teams.some((team) => isTeamMember(access, team))
}

export function hasProjectAccess(access: OrganizationAccess, project: Project): boolean {
  return access.role.isGlobal || access.organization.hasOpenMembership || isProjectMember(access, project)
}
