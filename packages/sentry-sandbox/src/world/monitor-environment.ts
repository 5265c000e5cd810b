import { day } from './moment.ts'
import { listCheckIns, nextRun, type CheckIn, type Monitor } from './monitor.ts'

/** How a monitor stands in one of its environments. Moments in milliseconds. */
export interface MonitorEnvironment {
  name: string
  status: 'active' | 'disabled' | 'ok' | 'error' | 'timeout' | 'missed_checkin'
  lastCheckIn: number | null
  nextCheckIn: number | null
  /** When the first of the failures began that have not ended; null when it is well. */
  incidentSince: number | null
}

const failures: readonly CheckIn['status'][] = ['error', 'missed', 'timeout']

/** Looks at the last check-ins of a monitor's environment. */
export function examineEnvironment(monitor: Monitor, name: string, now: number): MonitorEnvironment {
  if (monitor.status === 'disabled') {
    return { name, status: 'disabled', lastCheckIn: null, nextCheckIn: null, incidentSince: null }
  }
  const checkIns = listCheckIns(monitor, name, now - 14 * day, now, now).filter(
    ({ status }) => status !== 'in_progress',
  )
  const wellSince = checkIns.findIndex(({ status }) => !failures.includes(status))
  const failing = checkIns.slice(0, wellSince === -1 ? checkIns.length : wellSince)
  return {
    name,
    status: nameStatus(checkIns[0]),
    lastCheckIn: checkIns.find(({ status }) => status !== 'missed')?.dateAdded ?? null,
    nextCheckIn: nextRun(monitor, now),
    incidentSince: failing.at(-1)?.dateAdded ?? null,
  }
}

function nameStatus(latest: CheckIn | undefined): MonitorEnvironment['status'] {
  if (latest === undefined) return 'active'
  if (latest.status === 'missed') return 'missed_checkin'
  return latest.status === 'in_progress' ? 'ok' : latest.status
}
