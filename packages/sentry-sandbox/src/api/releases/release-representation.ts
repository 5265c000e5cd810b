import { listRepositories } from '../../world/repository.ts'
import { formatSeconds } from '../../world/moment.ts'
import type { ProjectHistory } from '../../world/project-history.ts'
import type { Release } from '../../world/release.ts'
import { countNewIssues, findTraffic } from '../../world/release-traffic.ts'
import { listDeploys, presentDeploy } from './deploy-representation.ts'
import { presentAuthor, presentCommit } from './commit-representation.ts'
import type { ReleaseHealth } from './release-health.ts'
import { parseVersion, shortenVersion } from './release-version.ts'

/** A release with the project that it is a version of. */
export interface OwnedRelease {
  history: ProjectHistory
  release: Release
}

export interface ReleaseExtras {
  /** With it every project carries `healthData`. */
  health: ((history: ProjectHistory) => ReleaseHealth) | null
  /** With it the release carries `adoptionStages`. */
  adoption: ((history: ProjectHistory) => ReleaseHealth) | null
}

/** A release as lists and details carry it. */
export function presentRelease({ history, release }: OwnedRelease, now: number, extras: ReleaseExtras): object {
  const commits = release.listCommits()
  const [lastDeploy] = listDeploys(release, now)
  const traffic = findTraffic(history, release, now)
  const newGroups = countNewIssues(history, release, now)
  return {
    id: release.id,
    version: release.version,
    shortVersion: shortenVersion(release.version),
    status: release.isArchived ? 'archived' : 'open',
    versionInfo: parseVersion(release.version),
    ref: null,
    url: null,
    userAgent: null,
    dateCreated: formatSeconds(release.dateCreated),
    dateReleased: release.dateReleased > now ? null : formatSeconds(release.dateReleased),
    dateStarted: null,
    firstEvent: traffic === null ? null : formatSeconds(traffic.first),
    lastEvent: traffic === null ? null : formatSeconds(traffic.last),
    newGroups,
    commitCount: commits.length,
    deployCount: listDeploys(release, now).length,
    owner: null,
    lastCommit:
      commits[0] === undefined ? null : presentCommit(commits[0], findRepository(history, commits[0].repository)),
    lastDeploy: lastDeploy === undefined ? null : presentDeploy(lastDeploy),
    authors: [...new Map(commits.map((commit) => [commit.author.email, presentAuthor(commit)])).values()],
    data: {},
    currentProjectMeta: {},
    ...(extras.adoption === null
      ? {}
      : { adoptionStages: presentAdoption(history, release, extras.adoption(history)) }),
    projects: [presentReleaseProject({ history, release }, newGroups, extras)],
  }
}

export function findRepository({ organization }: ProjectHistory, name: string) {
  return listRepositories(organization).find((repository) => repository.name === name)
}

function presentReleaseProject(
  { history, release }: OwnedRelease,
  newGroups: number,
  { health }: ReleaseExtras,
): object {
  const { project } = history
  const data = health?.(history)
  return {
    id: Number(project.id),
    slug: project.slug,
    name: project.name,
    newGroups,
    platform: project.platform,
    platforms: project.platforms,
    hasHealthData: project.uses.sessions,
    ...(data === undefined ? {} : { healthData: project.uses.sessions ? data.present(release) : null }),
  }
}

/** A release is adopted above a tenth of the last day's sessions; one that fell below it again is replaced. */
function presentAdoption({ project }: ProjectHistory, release: Release, health: ReleaseHealth): object {
  const adopted = formatSeconds(release.dateReleased)
  const percentage = health.adoptionOf(release)
  if (percentage === null || health.read(release).total === 0) {
    return { [project.slug]: { stage: 'not_adopted', adopted: null, unadopted: null } }
  }
  const stage = percentage >= 10 ? 'adopted' : percentage > 1 ? 'low_adoption' : 'replaced'
  return { [project.slug]: { stage, adopted: stage === 'low_adoption' ? null : adopted, unadopted: null } }
}
