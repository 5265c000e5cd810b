import type { Member } from '../world/member.ts'
import { findRole } from '../world/roles.ts'
import type { Team } from '../world/team.ts'
import { presentOrganizationRoles, presentTeamRoles } from './organization-representation.ts'
import { presentUser } from './user-representation.ts'

/** A seat in an organization. Invitations have no user; whoever has no name is called by their address. */
export function presentMember(member: Member): object {
  const { id, person, email } = member
  return {
    id,
    email,
    name: person?.name ?? email,
    user: person === null ? null : presentUser(person),
    orgRole: member.role,
    role: member.role,
    roleName: findRole(member.role).name,
    pending: person === null,
    expired: member.isExpired,
    flags: {
      'idp:provisioned': false,
      'idp:role-restricted': false,
      'sso:linked': false,
      'sso:invalid': false,
      'member-limit:restricted': false,
      'partnership:restricted': false,
    },
    dateCreated: member.dateCreated,
    inviteStatus: member.inviteStatus,
    inviterName: member.inviterName,
  }
}

export function presentMemberDetail(member: Member): object {
  return {
    ...presentMember(member),
    teams: member.teams.map(({ team }) => team.slug),
    teamRoles: member.teams.map(({ team, role }) => ({ teamSlug: team.slug, role })),
    invite_link: null,
    isOnlyOwner: false,
    orgRoleList: presentOrganizationRoles(),
    teamRoleList: presentTeamRoles(),
  }
}

/** A member as the list of a team shows them. */
export function presentTeamMember(member: Member, team: Team): object {
  const membership = member.teams.find((candidate) => candidate.team === team)
  return { ...presentMember(member), teamRole: membership?.role ?? null, teamSlug: team.slug }
}
