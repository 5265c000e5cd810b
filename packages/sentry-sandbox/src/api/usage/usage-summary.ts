import type { Project } from '../../world/project.ts'
import type { UsageGroup } from './usage-groups.ts'
import { outcomes, type UsageQuery } from './usage-query.ts'

/** What one project sent, by category. */
export interface ProjectUsage {
  id: string
  slug: string
  stats: CategoryUsage[]
}

interface CategoryUsage {
  category: string
  reason?: string
  outcomes: Record<string, number>
  /** `dropped` counts what Sentry refused; the others are named as the requested fields. */
  totals: Record<string, number>
}

const droppedOutcomes: readonly string[] = ['invalid', 'rate_limited', 'cardinality_limited']

/** Sums up groups by project, category and outcome (and reason). Projects that sent nothing are left out. */
export function summarizeUsage(
  projects: readonly Project[],
  groups: readonly UsageGroup[],
  { fields }: UsageQuery,
): ProjectUsage[] {
  return projects.flatMap(({ id, slug }) => {
    const own = groups.filter(({ by }) => by['project'] === Number(id))
    const parts = Map.groupBy(own, ({ by }) => JSON.stringify([by['category'], by['reason']]))
    const stats = [...parts.values()].map((part) => summarizeCategory(part, fields))
    return stats.length === 0 ? [] : [{ id, slug, stats }]
  })
}

function summarizeCategory(groups: readonly UsageGroup[], fields: UsageQuery['fields']): CategoryUsage {
  const [first] = fields
  const withOutcome = (names: readonly string[]) => groups.filter(({ by }) => names.includes(String(by['outcome'])))
  const { category, reason } = groups[0]?.by ?? {}
  return {
    category: String(category),
    ...(reason === undefined ? {} : { reason: String(reason) }),
    outcomes: Object.fromEntries(
      outcomes.map((outcome) => [outcome, sumOf(first?.name ?? '', withOutcome([outcome]))]),
    ),
    totals: {
      dropped: sumOf(first?.name ?? '', withOutcome(droppedOutcomes)),
      ...Object.fromEntries(fields.map(({ name }) => [name, sumOf(name, groups)])),
    },
  }
}

const sumOf = (name: string, groups: readonly UsageGroup[]) =>
  groups.reduce((sum, { totals }) => sum + (totals[name] ?? 0), 0)

/** The summary as a table: one line for each project, and columns for every category that any of them sent. */
export function formatSummary(projects: readonly ProjectUsage[]): string {
  const columns = [...new Set(projects.flatMap(({ stats }) => stats.flatMap((part) => [...listCells(part).keys()])))]
  const lines = projects.map(({ id, slug, stats }) => {
    const cells = new Map(stats.flatMap((part) => [...listCells(part)]))
    return [id, slug, ...columns.map((column) => String(cells.get(column) ?? 0))]
  })
  return [['project_id', 'project_slug', ...columns], ...lines].map((line) => `${line.join(',')}\r\n`).join('')
}

function listCells({ category, outcomes: counts, totals }: CategoryUsage): Map<string, number> {
  return new Map([...Object.entries(counts), ...Object.entries(totals)].map(([name, n]) => [`${name}_${category}s`, n]))
}
