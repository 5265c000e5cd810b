import { z } from 'zod'
import { readShape } from '../json-answer.ts'
import { lifetimes } from '../lifetimes.ts'
import type { SentryClient } from '../sentry-client.ts'
import { date } from '../shape.ts'
import { rangeParameters, type TimeRange } from '../time-range.ts'
import type { OrganizationAddress } from './organizations.ts'
import { selectedProjects } from './selected-projects.ts'

const QUANTITY = 'sum(quantity)'

const number = z.number().nullish().catch(null)
const byText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value == null ? null : String(value)))

const usageShape = z
  .object({
    intervals: z.array(date).nullish(),
    groups: z.array(
      z.object({
        by: z.object({ project: byText, category: byText, outcome: byText }),
        totals: z.record(z.string(), number).nullish(),
        series: z.record(z.string(), z.array(number)).nullish(),
      }),
    ),
  })
  .transform(({ intervals, groups }) => ({
    intervals: intervals ?? [],
    groups: groups.map(({ by, totals, series }) => ({
      projectId: by.project,
      category: by.category,
      outcome: by.outcome,
      total: totals?.[QUANTITY] ?? null,
      /** One for each interval; null where Sentry gives totals alone, as it does by project. */
      series: series?.[QUANTITY]?.map((value) => value ?? null) ?? null,
    })),
  }))

/** What was sent to Sentry, group by group. */
export type Usage = z.output<typeof usageShape>

export interface UsageQuestion {
  groupBy: readonly ('project' | 'category' | 'outcome')[]
  /** Sentry's names, such as `error`; all when empty. */
  categories: readonly string[]
  /** Sentry's names, such as `accepted`; all when empty. */
  outcomes: readonly string[]
  range: TimeRange
  /** Such as `1h`: at least an hour, at most a day, and a part of one. */
  interval: string
  /** Numeric ids; the whole organization when empty. */
  projects: readonly string[]
}

/** `GET organizations/{org}/stats_v2/`, scope `org:read`. A group that sent nothing is missing. */
export async function measureUsage(
  client: SentryClient,
  organization: OrganizationAddress,
  { groupBy, categories, outcomes, range, interval, projects }: UsageQuestion,
): Promise<Usage> {
  const endpoint = '/api/0/organizations/{org}/stats_v2/'
  const answer = await client.get({
    endpoint,
    parameters: { org: organization.idOrSlug },
    query: {
      field: QUANTITY,
      groupBy,
      category: categories,
      outcome: outcomes,
      ...rangeParameters(range),
      interval,
      project: selectedProjects(projects),
    },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.measured,
  })
  return readShape(usageShape, answer, endpoint)
}
