import type { CheckIn, Monitor } from '../../world/monitor.ts'
import type { Project } from '../../world/project.ts'
import { hour } from '../../world/moment.ts'
import { answerJson, type Answer } from '../answer.ts'
import { readScopes, type CallerRequest, type Endpoint } from '../endpoint.ts'
import { presentCheckIn, presentMonitor } from '../monitors/monitor-representation.ts'
import { chooseEnvironments, findMonitor, listAllCheckIns, selectMonitors } from '../monitors/monitor-selection.ts'
import { organizationEndpoint, type OrganizationAccess } from '../organization-access.ts'
import { answerPage } from '../pagination.ts'
import { createBuckets } from '../parameters/interval.ts'
import { parsePeriod } from '../parameters/period.ts'
import { readTimeRange } from '../parameters/time-range.ts'
import { projectEndpoint } from '../project-access.ts'

const alertScopes = ['alerts:read', 'alerts:write']
const listScopes = [...readScopes('org'), ...alertScopes]
const detailScopes = [...readScopes('project'), ...alertScopes]

const list = organizationEndpoint('organizations/:organization/monitors/', listScopes, (request, access) =>
  answerPage(request, selectMonitors(request, access), (monitor) => present(request, access, monitor)),
)

function present(request: CallerRequest, access: OrganizationAccess, monitor: Monitor): object {
  return presentMonitor(access, monitor, chooseEnvironments(request, access, monitor), request.now.getTime())
}

type MonitorHandler = (request: CallerRequest, access: OrganizationAccess, monitor: Monitor) => Answer

/** One path below the organization, where a slug may be ambiguous, and one below the project. */
function monitorEndpoints(path: string, handle: MonitorHandler): Endpoint[] {
  const open = (request: CallerRequest, access: OrganizationAccess, project?: Project) =>
    handle(request, access, findMonitor(request, access, project))
  return [
    organizationEndpoint(`organizations/:organization/monitors/:monitor/${path}`, detailScopes, open),
    projectEndpoint(`projects/:organization/:project/monitors/:monitor/${path}`, detailScopes, open),
  ]
}

const details = monitorEndpoints('', (request, access, monitor) => answerJson(present(request, access, monitor)))

const checkIns = monitorEndpoints('checkins/', (request, access, monitor) => {
  const range = readTimeRange(request.query, request.now)
  const environments = chooseEnvironments(request, access, monitor)
  return answerPage(request, listAllCheckIns(monitor, environments, range, request.now.getTime()), presentCheckIn)
})

/** Counts by status and the mean duration, for each step of `resolution` (default an hour) of the last day. */
const stats = monitorEndpoints('stats/', (request, access, monitor) => {
  const range = readTimeRange(request.query, request.now, '24h')
  const seconds = parsePeriod(request.query.getAll('resolution').at(-1) ?? '1h') ?? 0
  const interval = seconds < 60 ? hour : seconds * 1000
  const all = listAllCheckIns(monitor, chooseEnvironments(request, access, monitor), range, request.now.getTime())
  const byBucket = Map.groupBy(all, ({ dateAdded }) => Math.floor(dateAdded / interval) * interval)
  return answerJson(createBuckets(range, interval).starts.map((start) => summarize(start, byBucket.get(start) ?? [])))
})

function summarize(start: number, some: readonly CheckIn[]): object {
  const count = (status: CheckIn['status']) => some.filter((checkIn) => checkIn.status === status).length
  const durations = some.flatMap(({ duration }) => duration ?? [])
  return {
    ts: start / 1000,
    ok: count('ok'),
    error: count('error'),
    missed: count('missed'),
    timeout: count('timeout'),
    in_progress: count('in_progress'),
    unknown: 0,
    duration: durations.reduce((sum, duration) => sum + duration, 0) / Math.max(1, durations.length),
  }
}

/** Crons. */
export const cronEndpoints: readonly Endpoint[] = [list, ...details, ...checkIns, ...stats]
