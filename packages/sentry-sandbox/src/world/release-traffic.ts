import { openEvent } from './event.ts'
import type { Issue } from './issue.ts'
import { hour as hourLength, minute } from './moment.ts'
import type { ProjectHistory } from './project-history.ts'
import type { Release } from './release.ts'

/** When a release was in use, in milliseconds since the epoch; null when it never has been. */
export interface ReleaseTraffic {
  first: number
  last: number
}

/** The first and the last hour in which a release had a part in the traffic of some environment. */
export function findTraffic(history: ProjectHistory, release: Release, now: number): ReleaseTraffic | null {
  if (history.project.firstEvent === null || !isUsed(history, release, now, release.dateReleased + 1)) return null
  let [used, gone] = [release.dateReleased, now]
  if (isUsed(history, release, now, now)) return { first: release.dateReleased + minute, last: now }
  while (gone - used > hourLength) {
    const middle = (used + gone) / 2
    if (isUsed(history, release, now, middle)) used = middle
    else gone = middle
  }
  return { first: release.dateReleased + minute, last: Math.floor(used / hourLength) * hourLength }
}

function isUsed({ project, releases }: ProjectHistory, release: Release, now: number, moment: number): boolean {
  if (moment > now) return false
  return project.environments.some((environment) =>
    releases.sharesAt(moment, environment).some((share) => share.release === release && share.share > 0),
  )
}

const firstReleases = new WeakMap<Issue, Release | null>()

/** The release that an issue began in; null for projects without releases. */
function firstReleaseOf(issue: Issue): Release | null {
  const known = firstReleases.get(issue)
  if (known !== undefined) return known
  const release = openEvent(issue, 0).release
  firstReleases.set(issue, release)
  return release
}

/** How many of the issues known at a moment began in a release. */
export function countNewIssues(history: ProjectHistory, release: Release, now: number): number {
  return history.issuesAt(now).filter((issue) => firstReleaseOf(issue) === release).length
}
