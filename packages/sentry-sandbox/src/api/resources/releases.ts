import { answerJson, type Answer } from '../answer.ts'
import { notFound } from '../api-error.ts'
import { readScopes, type CallerRequest, type Endpoint } from '../endpoint.ts'
import { hasProjectAccess, organizationEndpoint, type OrganizationAccess } from '../organization-access.ts'
import { answerPage } from '../pagination.ts'
import { selectEnvironments } from '../parameters/environment-selection.ts'
import { selectProjects } from '../parameters/project-selection.ts'
import { isOn } from '../parameters/switch.ts'
import { projectEndpoint } from '../project-access.ts'
import { presentCommit, presentCommitFiles } from '../releases/commit-representation.ts'
import { listDeploys, presentDeploy } from '../releases/deploy-representation.ts'
import { readHealthPeriods } from '../releases/health-period.ts'
import { measureHealth, type ReleaseHealth } from '../releases/release-health.ts'
import {
  findRepository,
  presentRelease,
  type OwnedRelease,
  type ReleaseExtras,
} from '../releases/release-representation.ts'
import { selectReleases, sortReleases } from '../releases/release-selection.ts'
import type { Project } from '../../world/project.ts'
import type { ProjectHistory } from '../../world/project-history.ts'

const scopes = [...readScopes('project'), 'project:releases', 'org:ci']

const list = organizationEndpoint('organizations/:organization/releases/', scopes, (request, access) =>
  answerReleases(request, access, selectProjects(request.query, access)),
)

const listOfProject = projectEndpoint('projects/:organization/:project/releases/', scopes, (request, access, project) =>
  answerReleases(request, access, [project]),
)

function answerReleases(request: CallerRequest, access: OrganizationAccess, projects: readonly Project[]): Answer {
  const { query, now } = request
  const healthOf = createHealth(request)
  const histories = projects.map((project) => access.world.historyOf(project))
  const releases = selectReleases(histories, query, selectEnvironments(query, access.organization), now)
  return answerPage(request, sortReleases(releases, query, healthOf), (owned) =>
    presentRelease(owned, now.getTime(), chooseExtras(query, healthOf)),
  )
}

const detail = organizationEndpoint('organizations/:organization/releases/:version/', scopes, (request, access) => {
  const owned = findRelease(request, access)
  return answerJson(presentRelease(owned, request.now.getTime(), chooseExtras(request.query, createHealth(request))))
})

const deploys = organizationEndpoint(
  'organizations/:organization/releases/:version/deploys/',
  scopes,
  (request, access) =>
    answerPage(request, listDeploys(findRelease(request, access).release, request.now.getTime()), presentDeploy),
)

const commits = organizationEndpoint(
  'organizations/:organization/releases/:version/commits/',
  scopes,
  (request, access) => answerCommits(request, findRelease(request, access)),
)

const commitFiles = organizationEndpoint(
  'organizations/:organization/releases/:version/commitfiles/',
  scopes,
  (request, access) => {
    const { release } = findRelease(request, access)
    const files = release.listCommits().flatMap((commit) => presentCommitFiles(access.organization.id, release, commit))
    return answerPage(request, files, (file) => file)
  },
)

const detailOfProject = projectEndpoint(
  'projects/:organization/:project/releases/:version/',
  scopes,
  (request, access, project) =>
    answerJson(
      presentRelease(
        findIn(request, access, [project]),
        request.now.getTime(),
        chooseExtras(request.query, createHealth(request)),
      ),
    ),
)

const commitsOfProject = projectEndpoint(
  'projects/:organization/:project/releases/:version/commits/',
  scopes,
  (request, access, project) => answerCommits(request, findIn(request, access, [project])),
)

function answerCommits(request: CallerRequest, { history, release }: OwnedRelease): Answer {
  return answerPage(request, release.listCommits(), (commit) =>
    presentCommit(commit, findRepository(history, commit.repository)),
  )
}

/** Among the selected projects, or among all that the caller may see when none is selected. */
function findRelease(request: CallerRequest, access: OrganizationAccess): OwnedRelease {
  const isSelected = request.query.has('project') || request.query.has('projectSlug')
  const visible = access.organization.projects.filter((project) => hasProjectAccess(access, project))
  return findIn(request, access, isSelected ? selectProjects(request.query, access) : visible)
}

/** @throws {ApiError} 404 when no project has a release of that version. */
function findIn(request: CallerRequest, access: OrganizationAccess, projects: readonly Project[]): OwnedRelease {
  for (const project of projects) {
    const history = access.world.historyOf(project)
    const release = history.releases
      .listBefore(request.now.getTime())
      .find(({ version }) => version === request.params['version'])
    if (release !== undefined) return { history, release }
  }
  throw notFound()
}

/** Measures the health of each project once, and only when it is needed. */
function createHealth({ query, now }: CallerRequest): (history: ProjectHistory) => ReleaseHealth {
  const periods = readHealthPeriods(query)
  const measured = new Map<ProjectHistory, ReleaseHealth>()
  return (history) => {
    const health = measured.get(history) ?? measureHealth(history, now.getTime(), periods)
    measured.set(history, health)
    return health
  }
}

function chooseExtras(query: URLSearchParams, healthOf: (history: ProjectHistory) => ReleaseHealth): ReleaseExtras {
  return { health: isOn(query, 'health') ? healthOf : null, adoption: isOn(query, 'adoptionStages') ? healthOf : null }
}

/** Versions, with what was deployed and who wrote it. */
export const releaseEndpoints: readonly Endpoint[] = [
  list,
  detail,
  deploys,
  commits,
  commitFiles,
  listOfProject,
  detailOfProject,
  commitsOfProject,
]
