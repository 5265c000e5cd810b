import { bySlug } from '../../world/by-slug.ts'
import type { Project } from '../../world/project.ts'
import type { Team } from '../../world/team.ts'
import { answerJson } from '../answer.ts'
import { readScopes, type Endpoint } from '../endpoint.ts'
import {
  hasProjectAccess,
  isTeamMember,
  organizationEndpoint,
  type OrganizationAccess,
} from '../organization-access.ts'
import { presentOrganization } from '../organization-representation.ts'
import { answerPage } from '../pagination.ts'
import { presentProject, presentProjectWithLooks } from '../project-representation.ts'
import { presentTeamMember } from '../member-representation.ts'
import { readSearchQuery, search, type SearchRules } from '../search-query.ts'
import { teamEndpoint } from '../team-access.ts'
import { presentTeam } from '../team-representation.ts'

const rules: SearchRules<Team> = {
  terms: {
    id: ({ id }, values) => values.includes(id),
    slug: ({ slug }, values) => values.includes(slug),
  },
  text: ({ name, slug }) => [name, slug],
}

const list = organizationEndpoint('organizations/:organization/teams/', readScopes('org'), (request, access) => {
  const found = search(access.organization.teams, readSearchQuery(request.query), rules)
  const showsProjects = request.query.get('detailed') !== '0'
  return answerPage(request, found.toSorted(bySlug), (team) =>
    showsProjects ? presentTeamWithProjects(access, team) : presentTeam(access, team),
  )
})

/** The caller's own teams, in one answer. */
const ownTeams = organizationEndpoint(
  'organizations/:organization/user-teams/',
  readScopes('org'),
  (_request, access) =>
    answerJson(
      access.organization.teams
        .filter((team) => isTeamMember(access, team))
        .map((team) => presentTeamWithProjects(access, team)),
    ),
)

const detail = teamEndpoint('teams/:organization/:team/', readScopes('team'), ({ query, origins }, access, team) => {
  const expands = query.getAll('expand')
  return answerJson({
    ...(expands.includes('projects') ? presentTeamWithProjects(access, team) : presentTeam(access, team)),
    ...(expands.includes('externalTeams') ? { externalTeams: [] } : {}),
    ...(query.getAll('collapse').includes('organization')
      ? {}
      : { organization: presentOrganization(access.organization, origins) }),
  })
})

const projects = teamEndpoint('teams/:organization/:team/projects/', readScopes('project'), (request, access, team) =>
  answerPage(request, listProjects(access, team), (project) => presentProject(access, project)),
)

const members = teamEndpoint('teams/:organization/:team/members/', readScopes('team'), (request, access, team) => {
  const inTeam = access.organization.members.filter(({ teams }) => teams.some((entry) => entry.team === team))
  return answerPage(request, inTeam, (member) => presentTeamMember(member, team))
})

function presentTeamWithProjects(access: OrganizationAccess, team: Team): object {
  const presented = listProjects(access, team).map((project) => presentProjectWithLooks(access, project))
  return { ...presentTeam(access, team), projects: presented }
}

function listProjects(access: OrganizationAccess, team: Team): Project[] {
  return access.organization.projects
    .filter((project) => project.teams.includes(team) && hasProjectAccess(access, project))
    .toSorted(bySlug)
}

export const teamEndpoints: readonly Endpoint[] = [list, ownTeams, detail, projects, members]
