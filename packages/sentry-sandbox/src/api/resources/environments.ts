import { createEnvironment, isHiddenEnvironment } from '../../world/environment.ts'
import type { Project } from '../../world/project.ts'
import { answerJson } from '../answer.ts'
import { badRequest, notFound } from '../api-error.ts'
import { readScopes, type Endpoint } from '../endpoint.ts'
import { organizationEndpoint } from '../organization-access.ts'
import { selectProjects } from '../parameters/project-selection.ts'
import { projectEndpoint } from '../project-access.ts'

/** Those of the selected projects, by name. One is hidden when every project hides it. */
const listOfOrganization = organizationEndpoint(
  'organizations/:organization/environments/',
  readScopes('org'),
  (request, access) => {
    const isVisible = readVisibility(request.query)
    const projects = selectProjects(request.query, access)
    const names = projects.flatMap((project) =>
      project.environments.filter((name) => isVisible(isHiddenEnvironment(project, name))),
    )
    return answerJson([...new Set(names)].toSorted().map((name) => createEnvironment(access.organization, name)))
  },
)

const listOfProject = projectEndpoint(
  'projects/:organization/:project/environments/',
  readScopes('project'),
  (request, { organization }, project) => {
    const isVisible = readVisibility(request.query)
    return answerJson(
      namesOf(project)
        .map((name) => ({ ...createEnvironment(organization, name), isHidden: isHiddenEnvironment(project, name) }))
        .filter(({ isHidden }) => isVisible(isHidden)),
    )
  },
)

const detail = projectEndpoint(
  'projects/:organization/:project/environments/:environment/',
  readScopes('project'),
  (request, { organization }, project) => {
    const name = namesOf(project).find((candidate) => candidate === request.params['environment'])
    if (name === undefined) throw notFound()
    return answerJson({ ...createEnvironment(organization, name), isHidden: isHiddenEnvironment(project, name) })
  },
)

const namesOf = ({ environments }: Project) => environments.toSorted()

/** @throws {ApiError} 400 for anything but `visible` (the default), `hidden` and `all`. */
function readVisibility(query: URLSearchParams): (isHidden: boolean) => boolean {
  const visibility = query.getAll('visibility').at(-1) ?? 'visible'
  if (visibility === 'all') return () => true
  if (visibility === 'hidden') return (isHidden) => isHidden
  if (visibility === 'visible') return (isHidden) => !isHidden
  throw badRequest("Invalid value for 'visibility', valid values are: ['all', 'hidden', 'visible']")
}

export const environmentEndpoints: readonly Endpoint[] = [listOfOrganization, listOfProject, detail]
