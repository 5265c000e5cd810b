import {
  type EventSeries,
  LARGEST_PAGE,
  listEventRows,
  measureEvents,
  measureSessions,
  measureUsage,
  MOST_SERIES,
  type SentryClient,
  type TimeRange,
} from '@sentry-graph/sentry-api'
import { totalsInterval } from './interval.ts'
import type { ProjectReference } from './node-source.ts'
import { createProjectNumberLoader, type ProjectNumberLoader } from './project-numbers.ts'
import { eventSeries, type TimeSeriesSource, zeroSeries } from './time-series.ts'

/** Rates are fractions of one; null where nothing was measured. */
export interface CrashFreeRate {
  sessions: number | null
  users: number | null
}

/** The numbers of projects that siblings are asked for together. */
export interface ProjectStatistics {
  errorSeries: ProjectNumberLoader<{ range: TimeRange; interval: string }, TimeSeriesSource>
  errorCount: ProjectNumberLoader<TimeRange, number>
  crashFreeRate: ProjectNumberLoader<TimeRange, CrashFreeRate>
  activeIssueCount: ProjectNumberLoader<TimeRange, number>
}

export function createProjectStatistics(sentry: SentryClient): ProjectStatistics {
  return {
    errorSeries: createProjectNumberLoader({
      batchSize: MOST_SERIES,
      ask: async (organization, projects, { range, interval }) => {
        const answer = await measureEvents(sentry, organization, {
          dataset: 'errors',
          yAxis: 'count()',
          query: null,
          range,
          interval,
          projects: idsOf(projects),
          byProject: true,
        })
        const missing = isWhole(answer, projects) ? zeroSeries(answer, interval) : null
        return (project) => {
          const own = answer.series.find((series) => isOf(series.group.get('project'), project))
          return own ? eventSeries(own, interval) : missing
        }
      },
    }),
    errorCount: createProjectNumberLoader({
      ask: async (organization, projects, range) => {
        const { groups } = await measureUsage(sentry, organization, {
          groupBy: ['project'],
          categories: ['error'],
          outcomes: ['accepted'],
          range,
          // Sentry widens the range to whole intervals.
          interval: '1h',
          projects: idsOf(projects),
        })
        // Only what sent nothing is missing.
        return ({ id }) => {
          const own = groups.find(({ projectId }) => projectId === id)
          return own ? own.total : 0
        }
      },
    }),
    crashFreeRate: createProjectNumberLoader({
      ask: async (organization, projects, range) => {
        const { groups } = await measureSessions(sentry, organization, {
          fields: ['crash_free_rate(session)', 'crash_free_rate(user)'],
          groupBy: ['project'],
          range,
          interval: totalsInterval(range),
          projects: idsOf(projects),
          series: false,
        })
        return ({ id }) => readRate(groups.find(({ projectId }) => projectId === id)?.totals ?? {})
      },
    }),
    activeIssueCount: createProjectNumberLoader({
      ask: async (organization, projects, range) => {
        const { items, next } = await listEventRows(sentry, organization, {
          perPage: LARGEST_PAGE,
          question: {
            dataset: 'errors',
            fields: ['project', ISSUES],
            query: null,
            sort: null,
            range,
            projects: idsOf(projects),
          },
        })
        const missing = next === null ? 0 : null
        return (project) => {
          const own = items.find((row) => isOf(row['project'], project))
          return own ? readNumber(own[ISSUES]) : missing
        }
      },
    }),
  }
}

const ISSUES = 'count_unique(issue)'

const idsOf = (projects: readonly ProjectReference[]) => projects.map(({ id }) => id)

const readNumber = (value: unknown) => (typeof value === 'number' ? value : null)

/** Sentry names the project of events by its slug; no slug is all digits. */
function isOf(value: unknown, { id, slug }: ProjectReference): boolean {
  return value === slug || String(value) === id
}

/** Whether a project that is missing has no events: only where nothing is left over that could be of it. */
function isWhole({ series }: EventSeries, projects: readonly ProjectReference[]): boolean {
  return series.every(
    ({ isOther, group }) => !isOther && projects.some((project) => isOf(group.get('project'), project)),
  )
}

function readRate(totals: Readonly<Record<string, number | null | undefined>>): CrashFreeRate | null {
  const sessions = totals['crash_free_rate(session)'] ?? null
  const users = totals['crash_free_rate(user)'] ?? null
  return sessions === null && users === null ? null : { sessions, users }
}
