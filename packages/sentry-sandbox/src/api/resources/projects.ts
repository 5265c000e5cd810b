import { bySlug } from '../../world/by-slug.ts'
import type { Project } from '../../world/project.ts'
import { answerJson } from '../answer.ts'
import { readScopes, type Endpoint } from '../endpoint.ts'
import {
  hasProjectAccess,
  isProjectMember,
  organizationEndpoint,
  type OrganizationAccess,
} from '../organization-access.ts'
import { answerPage } from '../pagination.ts'
import { projectEndpoint } from '../project-access.ts'
import { presentProjectDetail } from '../project-detail-representation.ts'
import { presentMember } from '../member-representation.ts'
import { presentProject } from '../project-representation.ts'
import { readSearchQuery, search, type SearchRules } from '../search-query.ts'
import { presentTeam } from '../team-representation.ts'

const list = organizationEndpoint('organizations/:organization/projects/', readScopes('org'), (request, access) => {
  const visible = access.organization.projects.filter((project) => hasProjectAccess(access, project))
  const found = search(visible, readSearchQuery(request.query), createRules(access))
  const sorted = found.toSorted(bookmarkedFirst(access))
  const collapsed = request.query.getAll('collapse')
  const present = (project: Project) => presentProject(access, project, collapsed)
  return request.query.get('all_projects') === '1'
    ? answerJson(sorted.map(present))
    : answerPage(request, sorted, present)
})

const belongsTo = (project: Project, slugs: readonly string[]) => project.teams.some(({ slug }) => slugs.includes(slug))

function createRules(access: OrganizationAccess): SearchRules<Project> {
  return {
    terms: {
      id: ({ id }, values) => values.includes(id),
      slug: ({ slug }, values) => values.includes(slug),
      team: belongsTo,
      '!team': (project, slugs) => !belongsTo(project, slugs),
      is_member: (project) => isProjectMember(access, project),
    },
    text: ({ name, slug }) => [name, slug],
  }
}

function bookmarkedFirst({ bookmarks }: OrganizationAccess): (left: Project, right: Project) => number {
  return (left, right) => Number(bookmarks.has(right.id)) - Number(bookmarks.has(left.id)) || bySlug(left, right)
}

const detail = projectEndpoint('projects/:organization/:project/', readScopes('project'), (request, access, project) =>
  answerJson(
    presentProjectDetail(access, project, request.origins, request.query.getAll('collapse').includes('organization')),
  ),
)

const teams = projectEndpoint(
  'projects/:organization/:project/teams/',
  readScopes('project'),
  (request, access, project) => answerPage(request, project.teams, (team) => presentTeam(access, team)),
)

/** Everybody in one of the project's teams, in one answer. */
const members = projectEndpoint(
  'projects/:organization/:project/members/',
  readScopes('project'),
  (_request, access, project) =>
    answerJson(
      access.organization.members
        .filter((member) => member.teams.some(({ team }) => project.teams.includes(team)))
        .map(presentMember),
    ),
)

export const projectEndpoints: readonly Endpoint[] = [list, detail, teams, members]
