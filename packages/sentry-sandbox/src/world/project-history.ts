import { createIssue } from './create-issue.ts'
import { firstIssueId } from './event.ts'
import { fraction, hashText, mix } from './hash.ts'
import type { Issue } from './issue.ts'
import { day, hour } from './moment.ts'
import type { Organization } from './organization.ts'
import type { Project } from './project.ts'
import { createMonitors, type Monitor } from './monitor.ts'
import { createReleaseHistory, type ReleaseHistory } from './release-history.ts'
import { createActivity } from './rhythm.ts'
import { errorEventTypes } from './error-event-types.ts'

/** Issues without an event in that time are forgotten. */
export const retention = 90 * day

/** Everything that happens in one project. */
export interface ProjectHistory {
  organization: Organization
  project: Project
  seed: number
  /** How busy it is: 1 for an ordinary project. */
  size: number
  releases: ReleaseHistory
  /** The issues that had begun at a moment and were not forgotten, newest first. */
  issuesAt(moment: number): readonly Issue[]
  /** The one that began after so many others, if it is among them. */
  findIssue(rank: number, moment: number): Issue | undefined
  /** Events in an hour (since the epoch) that count as errors: the sum over its issues. */
  errorsIn(hour: number): number
  readonly monitors: readonly Monitor[]
}

/** Room for ids. */
export const issuesPerProject = 100_000

interface Birth {
  firstHour: number
  endHour: number
  seed: number
  rank: number
}

/** @param position Place of the project among all projects; its issues' ids begin with it. */
export function createProjectHistory(
  worldSeed: number,
  organization: Organization,
  project: Project,
  position: number,
): ProjectHistory {
  const seed = mix(worldSeed, hashText(project.id))
  const size = chooseSize(seed, organization)
  const births = listBirths(seed, organization, project)
  const activity = createActivity(seed)
  const issues = new Map<number, Issue>()
  const prefix = project.slug.toUpperCase()

  const issueOf = (birth: Birth): Issue => {
    const known = issues.get(birth.rank)
    if (known !== undefined) return known
    const issue = createIssue({
      ...birth,
      id: String(firstIssueId + position * issuesPerProject + birth.rank),
      shortId: `${prefix}-${formatRank(birth.rank + 1)}`,
      activity,
      history,
    })
    issues.set(birth.rank, issue)
    return issue
  }

  const listIssues = (moment: number) =>
    births
      .upTo(moment)
      .filter(({ endHour }) => endHour * hour > moment - retention)
      .map(issueOf)
      .filter((issue) => issue.firstSeen < moment && wasSeenSince(issue, moment - retention, moment))
      .toReversed()
  const errorsByDay = new Map<number, Uint32Array>()
  const sumDay = (dayNumber: number) => {
    const firstHour = dayNumber * 24
    const alive = births
      .upTo((dayNumber + 1) * day - 1)
      .filter(({ endHour }) => endHour > firstHour)
      .map(issueOf)
    const errors = alive.filter(({ kind }) => errorEventTypes.has(kind.eventType))
    return Uint32Array.from({ length: 24 }, (_, index) =>
      errors.reduce((sum, { volume }) => sum + volume.countIn(firstHour + index), 0),
    )
  }
  let monitors: readonly Monitor[] | null = null
  let latest: { moment: number; issues: readonly Issue[] } | null = null

  const issuesAt = (moment: number) => {
    if (latest?.moment !== moment) latest = { moment, issues: listIssues(moment) }
    return latest.issues
  }

  const history: ProjectHistory = {
    organization,
    project,
    seed,
    size,
    releases: createReleaseHistory(worldSeed, organization, project),
    issuesAt,
    errorsIn(hourNumber) {
      const dayNumber = Math.floor(hourNumber / 24)
      const sums = errorsByDay.get(dayNumber) ?? sumDay(dayNumber)
      errorsByDay.set(dayNumber, sums)
      return sums[hourNumber - dayNumber * 24] ?? 0
    },
    get monitors() {
      monitors ??= createMonitors(history)
      return monitors
    },
    findIssue(rank, moment) {
      const birth = births.upTo(moment)[rank]
      return birth === undefined ? undefined : issuesAt(moment).find((issue) => issue === issues.get(birth.rank))
    },
  }
  return history
}

const wasSeenSince = ({ volume }: Issue, start: number, end: number) => (volume.lastBefore(end) ?? -Infinity) >= start

function chooseSize(seed: number, { projects }: Organization): number {
  const own = 0.35 + 2.6 * fraction(seed, 1) ** 3
  return projects.length > 100 ? own / 2 : own
}

/** When issues begin: some days none, some days one or two, for as long as the project has had events. */
function listBirths(
  seed: number,
  { projects }: Organization,
  { firstEvent }: Project,
): { upTo(moment: number): Birth[] } {
  const births: Birth[] = []
  if (firstEvent === null) return { upTo: () => births }
  const chance = (projects.length > 100 ? 0.01 : 0.03) + 0.11 * fraction(seed, 2) * (projects.length > 100 ? 0.4 : 1)
  const firstDay = Math.floor(Date.parse(firstEvent) / day)
  let known = firstDay
  return {
    upTo(moment) {
      const lastHour = Math.floor(moment / hour)
      for (const lastDay = Math.floor(moment / day); known <= lastDay; known += 1) {
        const dayDraw = mix(seed, known)
        for (let slot = 0; slot < 3; slot += 1) {
          const draw = mix(dayDraw, slot)
          // The first day brings something, or a project with a first event would have no issue.
          if (fraction(draw, 1) >= chance && !(known === firstDay && slot === 0)) continue
          const firstHour = known * 24 + slot * 8 + Math.floor(8 * fraction(draw, 2))
          births.push({ firstHour, endHour: firstHour + chooseLife(draw), seed: draw, rank: births.length })
        }
      }
      return births.filter(({ firstHour }) => firstHour <= lastHour)
    },
  }
}

/** Hours: a third of all issues are over soon, a third stays for months. */
function chooseLife(seed: number): number {
  const draw = fraction(seed, 4)
  if (fraction(seed, 3) < 0.33) return 1 + Math.floor(47 * draw)
  return fraction(seed, 5) < 0.5 ? 72 + Math.floor(600 * draw) : 720 + Math.floor(2160 * draw)
}

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The number that the last part of a short id stands for; NaN for anything else. */
export function readRank(text: string): number {
  return (
    Array.from(text).reduce((sum, digit) => sum * 32 + (digits.includes(digit) ? digits.indexOf(digit) : NaN), 0) - 1
  )
}

/** Sentry's base 32, which leaves I, L, O and U out. */
function formatRank(rank: number): string {
  const rest = Math.floor(rank / 32)
  return (rest === 0 ? '' : formatRank(rest)) + (digits[rank % 32] ?? '')
}
