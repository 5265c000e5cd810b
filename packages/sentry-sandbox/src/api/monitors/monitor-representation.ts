import { formatSeconds, minute } from '../../world/moment.ts'
import type { CheckIn, Monitor } from '../../world/monitor.ts'
import { examineEnvironment, type MonitorEnvironment } from '../../world/monitor-environment.ts'
import type { OrganizationAccess } from '../organization-access.ts'
import { presentProjectWithLooks } from '../project-representation.ts'

/** A monitor with its environments, which are a list. */
export function presentMonitor(
  access: OrganizationAccess,
  monitor: Monitor,
  environments: readonly string[],
  now: number,
): object {
  return {
    id: monitor.id,
    name: monitor.name,
    slug: monitor.slug,
    status: monitor.status,
    isMuted: monitor.isMuted,
    isUpserting: monitor.seed % 2 === 0,
    dateCreated: formatSeconds(monitor.dateCreated),
    config: presentConfig(monitor),
    project: presentProjectWithLooks(access, monitor.history.project),
    owner: presentOwner(monitor),
    environments: environments.map((name) => presentEnvironment(monitor, examineEnvironment(monitor, name, now))),
  }
}

/** The team that owns it; null for every third monitor. */
export function findOwner({ seed, history }: Monitor) {
  return seed % 3 === 0 ? undefined : history.project.teams[0]
}

function presentOwner(monitor: Monitor): object | null {
  const team = findOwner(monitor)
  return team === undefined ? null : { type: 'team', id: team.id, name: team.slug }
}

function presentConfig({ seed, schedule, checkinMargin, maxRuntime, timezone }: Monitor): object {
  const hasThresholds = seed % 4 !== 0
  return {
    schedule_type: schedule.type,
    schedule: presentSchedule(seed, schedule),
    checkin_margin: checkinMargin,
    max_runtime: maxRuntime,
    timezone,
    failure_issue_threshold: hasThresholds ? 1 + (seed % 3) : null,
    recovery_threshold: hasThresholds ? 1 : null,
    alert_rule_id: null,
  }
}

/** Three shapes are in use: a crontab, the same with its kind before it, and an amount with its unit. */
function presentSchedule(seed: number, schedule: Monitor['schedule']): string | readonly [string | number, string] {
  if (schedule.type === 'interval') return [schedule.every, schedule.unit]
  return seed % 4 === 1 ? ['crontab', schedule.crontab] : schedule.crontab
}

const format = (moment: number | null) => (moment === null ? null : formatSeconds(moment))

function presentEnvironment(monitor: Monitor, environment: MonitorEnvironment): object {
  const { name, status, lastCheckIn, nextCheckIn, incidentSince } = environment
  const margin = (monitor.checkinMargin ?? 1) * minute
  return {
    name,
    status,
    isMuted: monitor.isMuted,
    dateCreated: formatSeconds(monitor.dateCreated),
    lastCheckIn: format(lastCheckIn),
    nextCheckIn: format(nextCheckIn),
    nextCheckInLatest: nextCheckIn === null ? null : formatSeconds(nextCheckIn + margin),
    activeIncident:
      incidentSince === null
        ? null
        : { startingTimestamp: formatSeconds(incidentSince), resolvingTimestamp: null, brokenNotice: null },
  }
}

/** A check-in; a missed one has no duration. Some jobs measure theirs in fractions of a millisecond. */
export function presentCheckIn(checkIn: CheckIn): object {
  const { id, monitor, environment, status, expectedTime, dateAdded, duration } = checkIn
  return {
    id,
    environment,
    status,
    duration: duration === null || monitor.seed % 5 !== 0 ? duration : duration + 0.5,
    dateCreated: formatSeconds(dateAdded),
    dateAdded: formatSeconds(dateAdded),
    dateUpdated: formatSeconds(dateAdded + (duration ?? 0)),
    dateInProgress: status === 'missed' ? null : formatSeconds(dateAdded),
    dateClock: formatSeconds(Math.floor(dateAdded / minute) * minute),
    expectedTime: formatSeconds(expectedTime),
    monitorConfig: presentConfig(monitor),
  }
}
