import { hour as hourLength } from './moment.ts'
import type { ProjectHistory } from './project-history.ts'
import { usageInHour, type UsageCount } from './usage.ts'

const settled = new WeakMap<ProjectHistory, Map<number, readonly UsageCount[]>>()

/** What a project sent in an hour (since the epoch). It is added up once when the hour is over. */
export function recallUsage(history: ProjectHistory, hour: number, now: number): readonly UsageCount[] {
  if ((hour + 1) * hourLength > now) return usageInHour(history, hour, now)
  const record = settled.get(history) ?? new Map<number, readonly UsageCount[]>()
  settled.set(history, record)
  const counts = record.get(hour) ?? usageInHour(history, hour, now)
  record.set(hour, counts)
  return counts
}
