import type { Person } from './person.ts'
import type { OrganizationRoleId } from './roles.ts'
import type { Team } from './team.ts'

export interface TeamMembership {
  team: Team
  role: 'contributor' | 'admin'
}

/** A seat in an organization: somebody's, or an invitation that nobody has accepted (then `person` is null). */
export interface Member {
  /** The membership's id, not the person's. */
  id: string
  person: Person | null
  email: string
  role: OrganizationRoleId
  teams: TeamMembership[]
  dateCreated: string
  inviteStatus: 'approved' | 'requested_to_be_invited' | 'requested_to_join'
  inviterName: string | null
  isExpired: boolean
}
