import type { Member } from './member.ts'
import type { Person } from './person.ts'
import type { Project } from './project.ts'
import type { Team } from './team.ts'

export type RegionName = 'us' | 'de'

/** The control host, or the host of a region. */
export type HostName = 'control' | RegionName

/** An organization with everything in it. It lives in exactly one region. */
export interface Organization {
  id: string
  slug: string
  name: string
  region: RegionName
  dateCreated: string
  isEarlyAdopter: boolean
  require2FA: boolean
  /** With open membership everyone in the organization sees every project; else only those of their teams. */
  hasOpenMembership: boolean
  teams: Team[]
  members: Member[]
  /** Those of the members who are people, not invitations. */
  people: Person[]
  projectCount: number
  readonly projects: readonly Project[]
  /** Former project slug to the slug it has now. */
  renamedProjects: ReadonlyMap<string, string>
}
