import { hour as hourLength } from '../../world/moment.ts'
import type { ProjectHistory } from '../../world/project-history.ts'
import type { UsageCount } from '../../world/usage.ts'
import { recallUsage } from '../../world/usage-record.ts'
import { countBuckets } from '../parameters/interval.ts'
import { nameReason, type UsageQuery } from './usage-query.ts'

/** What one combination of values added up to, in total and in each interval. */
export interface UsageGroup {
  by: Readonly<Record<string, string | number>>
  totals: Record<string, number>
  series: Record<string, number[]>
}

/** Adds up what the projects sent, in groups that are ordered by their values. Without dimensions there is one group. */
export function groupUsage(histories: readonly ProjectHistory[], query: UsageQuery, now: number): UsageGroup[] {
  const { range, interval, fields, groupBy } = query
  const groups = new Map<string, UsageGroup>()
  const length = countBuckets(range, interval)
  const openGroup = (by: UsageGroup['by']): UsageGroup => {
    const key = JSON.stringify(Object.values(by))
    const group = groups.get(key) ?? {
      by,
      totals: Object.fromEntries(fields.map(({ name }) => [name, 0])),
      series: Object.fromEntries(fields.map(({ name }) => [name, Array.from({ length }, () => 0)])),
    }
    groups.set(key, group)
    return group
  }
  if (groupBy.length === 0) openGroup({})
  for (const { history, hour, count } of walkUsage(histories, query, now)) {
    const group = openGroup(describe(groupBy, history, count))
    const bucket = Math.floor((hour * hourLength - range.start) / interval)
    for (const { name, read } of fields) addTo(group, name, bucket, read(count))
  }
  return [...groups.entries()].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, group]) => group)
}

function* walkUsage(
  histories: readonly ProjectHistory[],
  { range, fits }: UsageQuery,
  now: number,
): Generator<{ history: ProjectHistory; hour: number; count: UsageCount }> {
  const lastHour = Math.ceil(Math.min(range.end, now) / hourLength)
  for (const history of histories) {
    for (let hour = range.start / hourLength; hour < lastHour; hour += 1) {
      for (const count of recallUsage(history, hour, now)) if (fits(count)) yield { history, hour, count }
    }
  }
}

function describe(groupBy: UsageQuery['groupBy'], { project }: ProjectHistory, count: UsageCount): UsageGroup['by'] {
  const values = {
    outcome: count.outcome,
    category: count.category,
    reason: nameReason(count),
    project: Number(project.id),
  }
  return Object.fromEntries(groupBy.map((dimension) => [dimension, values[dimension]]))
}

function addTo({ totals, series }: UsageGroup, name: string, bucket: number, amount: number): void {
  totals[name] = (totals[name] ?? 0) + amount
  const points = series[name]
  if (points !== undefined) points[bucket] = (points[bucket] ?? 0) + amount
}
