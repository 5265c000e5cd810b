import { measureSessions, type ReleaseHealth, type SentryClient, type SessionField } from '@sentry-graph/sentry-api'
import type { GraphQLResolveInfo } from 'graphql'
import { createReferenceLoader, type ReferenceLoader } from './reference-loader.ts'
import { searchList } from './search-text.ts'
import { selectionOf } from './selection.ts'

/** How one release does in the projects it is of, by their numeric ids. */
export interface HealthOfRelease {
  version: string
  byProject: ReadonlyMap<string, ReleaseHealth>
}

const fields: readonly SessionField[] = [
  'crash_free_rate(session)',
  'crash_free_rate(user)',
  'sum(session)',
  'count_unique(user)',
]

/** Loads the health of releases by version: one call for all of an organization. */
export function createReleaseHealthLoader(sentry: SentryClient): ReferenceLoader<HealthOfRelease> {
  return createReferenceLoader({
    list: async (organization, versions) => {
      const { groups } = await measureSessions(sentry, organization, {
        fields,
        groupBy: ['release', 'project'],
        range: { statsPeriod: '14d' },
        interval: '1d',
        projects: [],
        query: `release:${searchList(versions)}`,
        series: false,
      })
      const byVersion = Map.groupBy(groups, ({ release }) => release)
      return versions.map((version) => ({
        version,
        byProject: new Map(
          (byVersion.get(version) ?? []).map(({ projectId, totals }) => [projectId ?? '', readHealth(totals)]),
        ),
      }))
    },
    keyOf: ({ version }) => version,
  })
}

function readHealth(totals: Readonly<Record<string, number | null | undefined>>): ReleaseHealth {
  const [crashFreeSessions, crashFreeUsers, totalSessions, totalUsers] = fields.map((field) => totals[field] ?? null)
  return {
    crashFreeSessions: crashFreeSessions ?? null,
    crashFreeUsers: crashFreeUsers ?? null,
    totalSessions: totalSessions ?? null,
    totalUsers: totalUsers ?? null,
    adoption: null,
  }
}

/** Whether the release beneath the field that is being resolved is asked for its health. */
export function selectsHealth(info: GraphQLResolveInfo): boolean {
  return selectionOf(info, 'Release').beneath('projects').has('health')
}
