import { z } from 'zod'
import { readShape } from '../json-answer.ts'
import { lifetimes } from '../lifetimes.ts'
import { getPage, type Page, type PageOptions } from '../page.ts'
import type { SentryClient } from '../sentry-client.ts'
import { anything, count, date, filledText, flag, id, listOf, optional, requiredText, text } from '../shape.ts'
import { actorShape } from './actors.ts'
import type { OrganizationAddress } from './organizations.ts'
import { selectedProjects } from './selected-projects.ts'

const environmentShape = z.object({
  name: requiredText,
  status: text,
  isMuted: flag,
  lastCheckIn: date,
  nextCheckIn: date,
})
/** How a monitor stands in one environment. */
export type MonitorEnvironment = z.output<typeof environmentShape>

const project = z
  .object({ id, slug: requiredText, name: filledText, platform: filledText })
  .transform((named) => ({ ...named, name: named.name ?? named.slug }))

const configShape = z.object({ schedule: anything, timezone: filledText })

const monitorShape = z
  .object({
    id,
    slug: requiredText,
    name: filledText,
    status: text,
    isMuted: flag,
    dateCreated: date,
    project: optional(project),
    owner: optional(actorShape),
    config: optional(configShape),
    environments: listOf(environmentShape),
  })
  .transform(({ config, ...monitor }) => ({
    ...monitor,
    name: monitor.name ?? monitor.slug,
    schedule: readSchedule(config?.schedule),
    timezone: config?.timezone ?? null,
  }))

/** A job that should report at fixed times. `schedule` is a crontab, or an interval in the words of `every 10 minutes`. */
export type Monitor = z.output<typeof monitorShape>

/** Three shapes are in use: a crontab, `["crontab", crontab]`, and `[10, "minute"]`. */
function readSchedule(schedule: unknown): string | null {
  if (typeof schedule === 'string') return schedule
  const [first, second] = Array.isArray(schedule) ? (schedule as unknown[]) : []
  if (typeof second !== 'string') return null
  if (typeof first !== 'number') return second
  return first === 1 ? `every ${second}` : `every ${first} ${second}s`
}

const checkInShape = z.object({
  id,
  status: text,
  // Jobs may measure in fractions of a millisecond.
  duration: count,
  environment: filledText,
  dateCreated: date,
  dateAdded: date,
  expectedTime: date,
})
/** One report of a monitor, or its absence. */
export type CheckIn = z.output<typeof checkInShape>

/** One page of monitors by name, of these projects (numeric ids; all when empty). `GET organizations/{org}/monitors/`, scope `org:read`. */
export function listMonitors(
  client: SentryClient,
  organization: OrganizationAddress,
  options: PageOptions & { projects: readonly string[] },
): Promise<Page<Monitor>> {
  const { projects, ...page } = options
  const request = {
    endpoint: '/api/0/organizations/{org}/monitors/',
    parameters: { org: organization.idOrSlug },
    query: { project: selectedProjects(projects) },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.watched,
  }
  return getPage(client, request, page, monitorShape)
}

/**
 * One monitor by its id. A slug also finds one, but only inside a project it is unique.
 * `GET organizations/{org}/monitors/{monitor}/`, scope `project:read`.
 */
export async function findMonitor(
  client: SentryClient,
  organization: OrganizationAddress,
  monitor: string,
): Promise<Monitor> {
  const endpoint = '/api/0/organizations/{org}/monitors/{monitor}/'
  const parameters = { org: organization.idOrSlug, monitor }
  const answer = await client.get({ endpoint, parameters, regionUrl: organization.regionUrl })
  return readShape(monitorShape, answer, endpoint)
}

/** One monitor by its slug in a project. `GET projects/{org}/{project}/monitors/{monitor}/`, scope `project:read`. */
export async function findMonitorOfProject(
  client: SentryClient,
  organization: OrganizationAddress,
  { project: slug, monitor }: { project: string; monitor: string },
): Promise<Monitor> {
  const endpoint = '/api/0/projects/{org}/{project}/monitors/{monitor}/'
  const parameters = { org: organization.idOrSlug, project: slug, monitor }
  const answer = await client.get({ endpoint, parameters, regionUrl: organization.regionUrl })
  return readShape(monitorShape, answer, endpoint)
}

/** One page of check-ins by the monitor's id, newest first. `GET organizations/{org}/monitors/{monitor}/checkins/`, scope `project:read`. */
export function listCheckIns(
  client: SentryClient,
  organization: OrganizationAddress,
  options: PageOptions & { monitor: string },
): Promise<Page<CheckIn>> {
  const { monitor, ...page } = options
  const request = {
    endpoint: '/api/0/organizations/{org}/monitors/{monitor}/checkins/',
    parameters: { org: organization.idOrSlug, monitor },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.watched,
  }
  return getPage(client, request, page, checkInShape)
}
