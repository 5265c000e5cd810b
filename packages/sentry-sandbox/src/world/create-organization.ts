import type { InvitationBlueprint, MemberBlueprint, OrganizationBlueprint } from './blueprint.ts'
import { drawId, drawMoment } from './draw.ts'
import type { Member, TeamMembership } from './member.ts'
import type { Organization } from './organization.ts'
import type { Person } from './person.ts'
import { createProject, type Project } from './project.ts'
import { findRole } from './roles.ts'
import { createTeam, type Team } from './team.ts'

/** Makes the organization that a blueprint describes, out of the given people (by key). Its projects are made when they are asked for. */
export function createOrganization(
  blueprint: OrganizationBlueprint,
  people: ReadonlyMap<string, Person>,
): Organization {
  const teams = Object.entries(blueprint.teams).map(([slug, name]) => createTeam(blueprint, slug, name))
  const members = blueprint.members.map((member) => createMember(blueprint, member, teams, people))
  const inviterName = members[0]?.person?.name ?? null
  let projects: Project[] | null = null
  return {
    id: drawId(`organization/${blueprint.slug}`),
    slug: blueprint.slug,
    name: blueprint.name,
    region: blueprint.region,
    dateCreated: `${blueprint.founded}T09:12:44.307121Z`,
    isEarlyAdopter: blueprint.isEarlyAdopter ?? false,
    require2FA: blueprint.require2FA ?? false,
    hasOpenMembership: blueprint.hasOpenMembership,
    teams,
    members: [
      ...members,
      ...blueprint.invitations.map((invitation) => createInvitation(blueprint, invitation, inviterName)),
    ],
    people: members.flatMap(({ person }) => person ?? []),
    projectCount: blueprint.projects.length,
    get projects() {
      return (projects ??= createProjects(blueprint, teams))
    },
    renamedProjects: new Map(Object.entries(blueprint.renamedProjects ?? {})),
  }
}

function createProjects(blueprint: OrganizationBlueprint, teams: readonly Team[]): Project[] {
  return blueprint.projects.map(([slug, platform, teamSlugs, name = slug]) => {
    const isShowcase = blueprint.showcases?.includes(slug) ?? false
    return createProject(blueprint, { slug, name, platform, teams: pickTeams(teams, teamSlugs) }, isShowcase)
  })
}

function pickTeams(teams: readonly Team[], slugs: string): Team[] {
  return slugs.split(' ').flatMap((slug) => {
    if (slug === '') return []
    const team = teams.find((candidate) => candidate.slug === slug)
    if (team === undefined) throw new Error(`A blueprint names the unknown team ${slug}`)
    return [team]
  })
}

function createMember(
  organization: OrganizationBlueprint,
  blueprint: MemberBlueprint,
  teams: readonly Team[],
  people: ReadonlyMap<string, Person>,
): Member {
  const person = people.get(blueprint.person)
  if (person === undefined) throw new Error(`A blueprint names the unknown person ${blueprint.person}`)
  const key = `${organization.slug}/member/${blueprint.person}`
  const role: TeamMembership['role'] = findRole(blueprint.role).minimumTeamRole
  return {
    id: drawId(key),
    person,
    email: person.email,
    role: blueprint.role,
    teams: pickTeams(teams, blueprint.teams).map((team) => ({ team, role })),
    dateCreated: drawMoment(`${key}/created`, organization.founded, '2026-08-01'),
    inviteStatus: 'approved',
    inviterName: null,
    isExpired: false,
  }
}

function createInvitation(
  organization: OrganizationBlueprint,
  { email, role, isExpired = false, inviteStatus = 'approved' }: InvitationBlueprint,
  inviterName: string | null,
): Member {
  const key = `${organization.slug}/invitation/${email}`
  return {
    id: drawId(key),
    person: null,
    email,
    role,
    teams: [],
    dateCreated: drawMoment(`${key}/created`, '2026-08-01', '2026-09-28'),
    inviteStatus,
    inviterName,
    isExpired,
  }
}
