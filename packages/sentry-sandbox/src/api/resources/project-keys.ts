import type { Project } from '../../world/project.ts'
import { createProjectKeys, type ProjectKey } from '../../world/project-key.ts'
import { answerJson } from '../answer.ts'
import { notFound } from '../api-error.ts'
import { readScopes, type CallerRequest, type Endpoint } from '../endpoint.ts'
import { hasProjectAccess, organizationEndpoint } from '../organization-access.ts'
import { answerPage } from '../pagination.ts'
import { projectEndpoint } from '../project-access.ts'
import { presentProjectKey } from '../project-key-representation.ts'

interface OwnedKey {
  project: Project
  key: ProjectKey
}

const listOfProject = projectEndpoint(
  'projects/:organization/:project/keys/',
  readScopes('project'),
  (request, access, project) => answerPage(request, selectKeys(request, [project]), present(request, access)),
)

const detail = projectEndpoint(
  'projects/:organization/:project/keys/:key/',
  readScopes('project'),
  (request, access, project) => {
    const owned = listKeys([project]).find(({ key }) => key.publicKey === request.params['key'])
    if (owned === undefined) throw notFound()
    return answerJson(present(request, access)(owned))
  },
)

const listOfOrganization = organizationEndpoint(
  'organizations/:organization/project-keys/',
  readScopes('org'),
  (request, access) => {
    const idOrSlug = request.query.getAll('team').at(-1)
    const team = access.organization.teams.find(({ id, slug }) => id === idOrSlug || slug === idOrSlug)
    if (idOrSlug !== undefined && team === undefined) throw notFound()
    const projects = access.organization.projects.filter(
      (project) => hasProjectAccess(access, project) && (team === undefined || project.teams.includes(team)),
    )
    return answerPage(request, selectKeys(request, projects), present(request, access))
  },
)

function listKeys(projects: readonly Project[]): OwnedKey[] {
  return projects.flatMap((project) => createProjectKeys(project).map((key) => ({ project, key })))
}

/** Newest first. A status that Sentry does not know selects nothing. */
function selectKeys({ query }: CallerRequest, projects: readonly Project[]): OwnedKey[] {
  const status = query.getAll('status').at(-1) ?? ''
  const fits = ({ key }: OwnedKey) => status === '' || status === (key.isActive ? 'active' : 'inactive')
  return listKeys(projects).filter(fits).toReversed()
}

const present =
  ({ origins }: CallerRequest, { organization }: { organization: { region: 'us' | 'de' } }) =>
  ({ project, key }: OwnedKey) =>
    presentProjectKey(project, key, origins[organization.region])

/** The keys that applications send their events with. */
export const projectKeyEndpoints: readonly Endpoint[] = [listOfProject, detail, listOfOrganization]
