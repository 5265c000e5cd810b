import type { Member } from './member.ts'
import type { RegionName } from './organization.ts'
import type { OrganizationRoleId } from './roles.ts'

/** What is written down of an organization by hand; everything else is drawn from its slugs. */
export interface OrganizationBlueprint {
  slug: string
  name: string
  region: RegionName
  /** ISO date. */
  founded: string
  hasOpenMembership: boolean
  isEarlyAdopter?: boolean
  require2FA?: boolean
  /** Slug to name. */
  teams: Readonly<Record<string, string>>
  members: readonly MemberBlueprint[]
  invitations: readonly InvitationBlueprint[]
  /** Slug, platform, slugs of teams separated by spaces (none for a project without a team), and a name if it is not the slug. */
  projects: readonly (readonly [slug: string, platform: string | null, teams: string, name?: string])[]
  /** Slugs of projects that send everything which Sentry takes from their platform; what the others send is drawn. */
  showcases?: readonly string[]
  renamedProjects?: Readonly<Record<string, string>>
}

export interface MemberBlueprint {
  /** Key of a person. */
  person: string
  role: OrganizationRoleId
  /** Slugs separated by spaces. */
  teams: string
}

export interface InvitationBlueprint {
  email: string
  role: OrganizationRoleId
  isExpired?: boolean
  inviteStatus?: Member['inviteStatus']
}
