import { hour as hourLength } from '../../world/moment.ts'
import type { ProjectHistory } from '../../world/project-history.ts'
import { sessionsInHour, type SessionCounts } from '../../world/session-volume.ts'
import { countBuckets } from '../parameters/interval.ts'
import type { SessionQuery } from './session-query.ts'
import { addTally, createTallyBuilder, emptyTally, type SessionTally, type TallyBuilder } from './session-tally.ts'
import { sessionStatuses, type SessionStatus } from './session-field.ts'

/** One combination of values with what its sessions add up to; numbers are null where nothing is known. */
export interface SessionGroup {
  by: Readonly<Record<string, string | number>>
  totals: Record<string, number | null>
  series: Record<string, (number | null)[]>
}

interface Sum {
  by: SessionGroup['by']
  total: SessionTally
  buckets: SessionTally[]
}

/** The groups of a question, in its order. */
export function groupSessions(histories: readonly ProjectHistory[], query: SessionQuery, now: number): SessionGroup[] {
  const sums = new Map<string, Sum>()
  const length = countBuckets(query.range, query.interval)
  const openSum = (key: string, by: Sum['by']): Sum => {
    const sum = sums.get(key) ?? { by, total: emptyTally(), buckets: Array.from({ length }, emptyTally) }
    sums.set(key, sum)
    return sum
  }
  if (query.groupBy.every((dimension) => dimension === 'session.status')) openSum('', {})
  for (const history of histories) {
    for (const [key, { by, total, buckets }] of tallyProject(history, query, now)) {
      const sum = openSum(key, by)
      addTally(sum.total, total.build())
      for (const [bucket, builder] of buckets) addTally(sum.buckets[bucket] ?? emptyTally(), builder.build())
    }
  }
  return [...sums.values()].flatMap((sum) => presentSum(sum, query)).toSorted(createOrder(query))
}

interface ProjectTally {
  by: SessionGroup['by']
  total: TallyBuilder
  buckets: Map<number, TallyBuilder>
}

function tallyProject(history: ProjectHistory, query: SessionQuery, now: number): Map<string, ProjectTally> {
  const { range, interval, fits } = query
  const tallies = new Map<string, ProjectTally>()
  const lastHour = Math.ceil(Math.min(range.end, now) / hourLength)
  for (let hour = range.start / hourLength; hour < lastHour; hour += 1) {
    const bucket = Math.floor((hour * hourLength - range.start) / interval)
    for (const counts of sessionsInHour(history, hour)) {
      if (!fits(history.project, counts)) continue
      const by = describe(query, history, counts)
      const key = Object.values(by).join('\n')
      const tally = tallies.get(key) ?? { by, total: createTallyBuilder(), buckets: new Map<number, TallyBuilder>() }
      tallies.set(key, tally)
      const builder = tally.buckets.get(bucket) ?? createTallyBuilder()
      tally.buckets.set(bucket, builder)
      tally.total.add(counts)
      builder.add(counts)
    }
  }
  return tallies
}

function describe({ groupBy }: SessionQuery, { project }: ProjectHistory, counts: SessionCounts): Sum['by'] {
  const values = {
    project: Number(project.id),
    release: counts.release.version,
    environment: counts.environment,
  }
  return Object.fromEntries(
    groupBy.flatMap((dimension) => (dimension === 'session.status' ? [] : [[dimension, values[dimension]]])),
  )
}

function presentSum(sum: Sum, query: SessionQuery): SessionGroup[] {
  if (!query.groupBy.includes('session.status')) return [presentGroup(sum, sum.by, query.statuses, query)]
  return sessionStatuses
    .filter((status) => query.statuses.includes(status))
    .map((status) => presentGroup(sum, { ...sum.by, 'session.status': status }, [status], query))
}

function presentGroup(
  { total, buckets }: Sum,
  by: SessionGroup['by'],
  statuses: readonly SessionStatus[],
  { fields }: SessionQuery,
): SessionGroup {
  return {
    by,
    totals: Object.fromEntries(fields.map((field) => [field.name, field.read(total, statuses)])),
    series: Object.fromEntries(
      fields.map((field) => [field.name, buckets.map((tally) => field.read(tally, statuses))]),
    ),
  }
}

const nameGroup = ({ by }: SessionGroup) => Object.values(by).join('\n')

/** Groups without a number come last, equal ones by their values. */
function createOrder({ orderBy }: SessionQuery): (left: SessionGroup, right: SessionGroup) => number {
  const direction = orderBy.isDescending ? -1 : 1
  const read = ({ totals }: SessionGroup) => totals[orderBy.field] ?? null
  return (left, right) => {
    const [first, second] = [read(left), read(right)]
    if (first === null || second === null) return Number(first === null) - Number(second === null)
    return direction * (first - second) || (nameGroup(left) < nameGroup(right) ? -1 : 1)
  }
}
