import type { CheckIn, Monitor } from '../../world/monitor.ts'
import { listCheckIns } from '../../world/monitor.ts'
import type { Project } from '../../world/project.ts'
import { notFound } from '../api-error.ts'
import type { CallerRequest } from '../endpoint.ts'
import { hasProjectAccess, type OrganizationAccess } from '../organization-access.ts'
import { selectEnvironments } from '../parameters/environment-selection.ts'
import { selectProjects } from '../parameters/project-selection.ts'
import type { TimeRange } from '../parameters/time-range.ts'
import { findOwner } from './monitor-representation.ts'

const listMonitors = ({ world }: OrganizationAccess, projects: readonly Project[]): Monitor[] =>
  projects.flatMap((project) => world.historyOf(project).monitors)

/** Monitors of the selected projects by name: of one environment, of one owner (`team:…`, `user:…`, `unassigned`), with words in them. */
export function selectMonitors({ query }: CallerRequest, access: OrganizationAccess): Monitor[] {
  const environments = selectEnvironments(query, access.organization)
  const owners = query.getAll('owner').filter((owner) => owner !== '')
  const text = (query.getAll('query').at(-1) ?? '').toLowerCase()
  return listMonitors(access, selectProjects(query, access))
    .filter((monitor) => environments === null || monitor.environments.some((name) => environments.has(name)))
    .filter((monitor) => owners.length === 0 || owners.some((owner) => isOwnedBy(access, monitor, owner)))
    .filter(({ name, slug }) => name.toLowerCase().includes(text) || slug.includes(text))
    .toSorted((left, right) => (left.name < right.name ? -1 : Number(left.name > right.name)))
}

function isOwnedBy({ member }: OrganizationAccess, monitor: Monitor, owner: string): boolean {
  const team = findOwner(monitor)
  if (owner === 'unassigned') return team === undefined
  if (owner === 'myteams') return member.teams.some((membership) => membership.team === team)
  return team !== undefined && owner === `team:${team.id}`
}

/** @throws {ApiError} 404 when no project that the caller may see has it. Slugs are only unique in a project: the first one is found. */
export function findMonitor(request: CallerRequest, access: OrganizationAccess, project?: Project): Monitor {
  const visible = access.organization.projects.filter((candidate) => hasProjectAccess(access, candidate))
  const monitor = listMonitors(access, project === undefined ? visible : [project]).find(
    ({ id, slug }) => id === request.params['monitor'] || slug === request.params['monitor'],
  )
  if (monitor === undefined) throw notFound()
  return monitor
}

/** The environments of a monitor that a request selects. */
export function chooseEnvironments({ query }: CallerRequest, { organization }: OrganizationAccess, monitor: Monitor) {
  const environments = selectEnvironments(query, organization)
  return monitor.environments.filter((name) => environments === null || environments.has(name))
}

/** Check-ins of some environments of a monitor, newest first. */
export function listAllCheckIns(
  monitor: Monitor,
  environments: readonly string[],
  { start, end }: TimeRange,
  now: number,
): CheckIn[] {
  return environments
    .flatMap((environment) => listCheckIns(monitor, environment, start, end, now))
    .toSorted((left, right) => right.dateAdded - left.dateAdded)
}
