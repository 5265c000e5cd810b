import { listRepositories, type Repository } from '../../world/repository.ts'
import { notFound } from '../api-error.ts'
import { readScopes, type CallerRequest, type Endpoint } from '../endpoint.ts'
import { organizationEndpoint, type OrganizationAccess } from '../organization-access.ts'
import { answerPage } from '../pagination.ts'
import { presentReleasedCommit } from '../releases/commit-representation.ts'
import { shortenVersion } from '../releases/release-version.ts'
import { presentRepository } from '../repository-representation.ts'

/** By name. A status that repositories do not have selects none; everybody in the organization sees all of them. */
const list = organizationEndpoint('organizations/:organization/repos/', readScopes('org'), (request, access) => {
  const query = (request.query.getAll('query').at(-1) ?? '').toLowerCase()
  const status = request.query.getAll('status').at(-1) ?? ''
  const integrationId = request.query.getAll('integration_id').at(-1) ?? ''
  const found = listRepositories(access.organization)
    .filter(({ name }) => name.toLowerCase().includes(query))
    .filter((repository) => status === '' || repository.status === status)
    .filter(({ integration }) => integrationId === '' || integration?.id === integrationId)
  return answerPage(request, found, presentRepository)
})

/** Newest first. */
const commits = organizationEndpoint(
  'organizations/:organization/repos/:repository/commits/',
  readScopes('org'),
  (request, access) => {
    const repository = listRepositories(access.organization).find(({ id }) => id === request.params['repository'])
    if (repository === undefined) throw notFound()
    return answerPage(request, listCommits(request, access, repository), ({ commit, release }) =>
      presentReleasedCommit(commit, repository, release, shortenVersion(release.version)),
    )
  },
)

function listCommits({ now }: CallerRequest, { world }: OrganizationAccess, { name, project }: Repository) {
  return world
    .historyOf(project)
    .releases.listBefore(now.getTime())
    .flatMap((release) => release.listCommits().map((commit) => ({ commit, release })))
    .filter(({ commit }) => commit.repository === name)
    .toSorted((left, right) => right.commit.dateCreated - left.commit.dateCreated)
}

export const repositoryEndpoints: readonly Endpoint[] = [list, commits]
