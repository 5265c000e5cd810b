import type { Team } from '../world/team.ts'
import { hasTeamAccess, isTeamMember, type OrganizationAccess } from './organization-access.ts'
import { letterAvatar } from './organization-representation.ts'

export function presentTeam(access: OrganizationAccess, team: Team): object {
  const membership = access.member.teams.find((candidate) => candidate.team === team)
  const hasAccess = hasTeamAccess(access, team)
  return {
    id: team.id,
    slug: team.slug,
    name: team.name,
    dateCreated: team.dateCreated,
    isMember: isTeamMember(access, team),
    teamRole: membership?.role ?? null,
    flags: { 'idp:provisioned': false },
    access: hasAccess ? access.scopes.toSorted() : [],
    hasAccess,
    isPending: false,
    memberCount: access.organization.members.filter(({ teams }) => teams.some((entry) => entry.team === team)).length,
    avatar: letterAvatar,
  }
}

/** Id, slug and name: a team as projects carry it. */
export function presentTeamReference({ id, slug, name }: Team): { id: string; slug: string; name: string } {
  return { id, slug, name }
}
