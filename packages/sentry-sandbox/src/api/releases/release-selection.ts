import type { ProjectHistory } from '../../world/project-history.ts'
import { badRequest } from '../api-error.ts'
import { isOn } from '../parameters/switch.ts'
import { readTimeRange } from '../parameters/time-range.ts'
import type { ReleaseHealth } from './release-health.ts'
import type { OwnedRelease } from './release-representation.ts'
import { compareVersions } from './release-version.ts'

/** The releases of these projects that a list asks for, in no order: by text, status, environment and date. */
export function selectReleases(
  histories: readonly ProjectHistory[],
  query: URLSearchParams,
  environments: ReadonlySet<string> | null,
  now: Date,
): OwnedRelease[] {
  const text = (query.getAll('query').at(-1) ?? '').toLowerCase()
  const status = query.getAll('status').at(-1) ?? 'open'
  if (status !== '' && status !== 'open' && status !== 'archived') throw badRequest('invalid value for status')
  const hasPeriod = ['statsPeriod', 'start', 'end'].some((name) => query.has(name))
  const period = hasPeriod ? readTimeRange(query, now) : null
  return histories
    .filter(({ project }) => environments === null || project.environments.some((name) => environments.has(name)))
    .flatMap((history) => history.releases.listBefore(now.getTime()).map((release) => ({ history, release })))
    .filter(({ release }) => release.version.toLowerCase().includes(text))
    .filter(({ release }) => status === '' || release.isArchived === (status === 'archived'))
    .filter(
      ({ release: { dateCreated } }) => period === null || (dateCreated >= period.start && dateCreated < period.end),
    )
}

type Measure = (owned: OwnedRelease) => number | null

/** Orders by the health of the summary's period. */
const measures: Readonly<Record<string, (healthOf: (history: ProjectHistory) => ReleaseHealth) => Measure>> = {
  sessions:
    (healthOf) =>
    ({ history, release }) =>
      healthOf(history).read(release).total,
  users:
    (healthOf) =>
    ({ history, release }) =>
      healthOf(history).read(release).users,
  crash_free_sessions: (healthOf) => (owned) => {
    const { total, crashed } = healthOf(owned.history).read(owned.release)
    return total === 0 ? null : 1 - crashed / total
  },
  crash_free_users: (healthOf) => (owned) => {
    const { users, usersCrashed } = healthOf(owned.history).read(owned.release)
    return users === 0 ? null : 1 - usersCrashed / users
  },
}

/**
 * The releases in the order of `sort`: by date unless something else is asked for. Those without the health data come last.
 *
 * @throws {ApiError} 400 for an unknown order, and for one by health without `flatten=1`.
 */
export function sortReleases(
  releases: readonly OwnedRelease[],
  query: URLSearchParams,
  healthOf: (history: ProjectHistory) => ReleaseHealth,
): OwnedRelease[] {
  const sort = query.getAll('sort').at(-1) ?? 'date'
  const byDate = releases.toSorted((left, right) => right.release.dateCreated - left.release.dateCreated)
  if (sort === '' || sort === 'date') return byDate
  if (sort === 'build' || sort === 'semver') {
    return byDate.toSorted((left, right) => compareVersions(right.release.version, left.release.version))
  }
  if (sort === 'adoption') {
    return byDate.toSorted(descending(({ history, release }) => healthOf(history).adoptionOf(release)))
  }
  const measure = Object.hasOwn(measures, sort) ? measures[sort] : undefined
  if (measure === undefined) throw badRequest('invalid sort')
  if (!isOn(query, 'flatten')) throw badRequest('sorting by crash statistics requires flattening (flatten=1)')
  return byDate.toSorted(descending(measure(healthOf)))
}

function descending(measure: Measure): (left: OwnedRelease, right: OwnedRelease) => number {
  return (left, right) => {
    const [first, second] = [measure(left), measure(right)]
    if (first === null || second === null) return Number(first === null) - Number(second === null)
    return second - first
  }
}
