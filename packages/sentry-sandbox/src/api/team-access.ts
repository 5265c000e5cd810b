import type { Team } from '../world/team.ts'
import type { Answer } from './answer.ts'
import { forbidden, notFound } from './api-error.ts'
import type { CallerRequest, Endpoint } from './endpoint.ts'
import { hasTeamAccess, organizationEndpoint, type OrganizationAccess } from './organization-access.ts'

/** A GET below a team, for those who may see it. */
export function teamEndpoint(
  path: string,
  scopes: readonly string[],
  handle: (request: CallerRequest, access: OrganizationAccess, team: Team) => Answer,
): Endpoint {
  return organizationEndpoint(path, scopes, (request, access) => handle(request, access, openTeam(request, access)))
}

/** @throws {ApiError} 404 for no such team (a former slug counts as none), 403 for one the caller may not see. */
function openTeam({ params }: CallerRequest, access: OrganizationAccess): Team {
  const idOrSlug = params['team'] ?? ''
  const team = access.organization.teams.find(({ id, slug }) => id === idOrSlug || slug === idOrSlug)
  if (team === undefined) throw notFound()
  if (!hasTeamAccess(access, team)) throw forbidden()
  return team
}
