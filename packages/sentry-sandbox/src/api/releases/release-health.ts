import { day, hour as hourLength } from '../../world/moment.ts'
import type { ProjectHistory } from '../../world/project-history.ts'
import type { Release } from '../../world/release.ts'
import { sessionsInHour } from '../../world/session-volume.ts'
import { createTallyBuilder, emptyTally, type SessionTally, type TallyBuilder } from '../sessions/session-tally.ts'

/** Sessions of every release of a project, and of the project as a whole, between two moments. */
export interface SessionSummary {
  project: SessionTally
  releases: ReadonlyMap<Release, SessionTally>
}

function summarizeSessions(history: ProjectHistory, start: number, end: number): SessionSummary {
  const project = createTallyBuilder()
  const builders = new Map<Release, TallyBuilder>()
  for (let hour = Math.floor(start / hourLength); hour * hourLength < end; hour += 1) {
    for (const counts of sessionsInHour(history, hour)) {
      const builder = builders.get(counts.release) ?? createTallyBuilder()
      builders.set(counts.release, builder)
      builder.add(counts)
      project.add(counts)
    }
  }
  const releases = new Map([...builders].map(([release, builder]) => [release, builder.build()]))
  return { project: project.build(), releases }
}

/** How healthy the releases of one project are, measured over a period that ends now. */
export interface ReleaseHealth {
  read(release: Release): SessionTally
  present(release: Release): object
  /** Of a hundred sessions of the last day, how many were of this release; null when there were none. */
  adoptionOf(release: Release): number | null
}

/** @param periods Seconds: of the summary, and of the series. */
export function measureHealth(
  history: ProjectHistory,
  now: number,
  periods: { summary: number; series: number; seriesName: string },
): ReleaseHealth {
  const summary = summarizeSessions(history, now - periods.summary * 1000, now)
  const lastDay = summarizeSessions(history, now - day, now)
  const read = (release: Release) => summary.releases.get(release) ?? emptyTally()
  const readDay = (release: Release) => lastDay.releases.get(release) ?? emptyTally()
  const adoptionOf = (release: Release) => percent(readDay(release).total, lastDay.project.total)
  return {
    read,
    adoptionOf,
    present(release) {
      const [tally, ofDay] = [read(release), readDay(release)]
      return {
        durationP50: null,
        durationP90: null,
        crashFreeUsers: percent(tally.users - tally.usersCrashed, tally.users),
        crashFreeSessions: percent(tally.total - tally.crashed, tally.total),
        totalUsers: tally.users,
        totalUsers24h: ofDay.users,
        totalProjectUsers24h: lastDay.project.users,
        totalSessions: tally.total,
        totalSessions24h: ofDay.total,
        totalProjectSessions24h: lastDay.project.total,
        adoption: percent(ofDay.users, lastDay.project.users),
        sessionsAdoption: adoptionOf(release),
        sessionsCrashed: tally.crashed,
        sessionsErrored: tally.errored,
        hasHealthData: tally.total > 0,
        stats: { [periods.seriesName]: listSessions(history, release, now - periods.series * 1000, now) },
      }
    },
  }
}

const percent = (part: number, whole: number): number | null => (whole === 0 ? null : (part / whole) * 100)

/** Sessions by the hour; by the day when the period is longer than two days. */
function listSessions(history: ProjectHistory, release: Release, start: number, end: number): [number, number][] {
  const interval = end - start > 2 * day ? day : hourLength
  const sums = new Map<number, number>()
  for (let hour = Math.floor(start / interval) * (interval / hourLength); hour * hourLength < end; hour += 1) {
    const moment = (Math.floor((hour * hourLength) / interval) * interval) / 1000
    const counts = sessionsInHour(history, hour).filter((candidate) => candidate.release === release)
    sums.set(
      moment,
      counts.reduce((sum, { total }) => sum + total, sums.get(moment) ?? 0),
    )
  }
  return [...sums]
}
