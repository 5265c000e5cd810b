import { ObjectRef } from '@pothos/core'
import { measureSessions, type SessionQuestion, type Sessions } from '@sentry-graph/sentry-api'
import type { GraphQLResolveInfo } from 'graphql'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry, givesAtMost } from '../call-plan.ts'
import { type GraphContext, requireSignedIn } from '../context.ts'
import { readEnvironmentNames } from '../environment-names.ts'
import { readHourlyInterval } from '../interval.ts'
import { addressOf, type OrganizationSource, projectSource } from '../node-source.ts'
import { readProjectIds } from '../project-ids.ts'
import { selectionOf } from '../selection.ts'
import { readTimeRange, type TimeRangeInput } from '../time-range.ts'
import { intervalSeries, type TimeSeriesSource } from '../time-series.ts'
import { OrganizationRef } from './organization.ts'
import { ProjectRef } from './project.ts'
import { TimeRangeRef } from './time-range.ts'
import { TimeSeriesRef } from './time-series.ts'

type Totals = Sessions['groups'][number]['totals']

interface SessionHealthSource {
  organization: OrganizationSource
  /** What to ask about projects; the same as was asked about all of them together. */
  question: Omit<SessionQuestion, 'groupBy' | 'series'>
  totals: Totals
  crashFreeSeries: TimeSeriesSource | null
}

interface ProjectHealthSource {
  organization: OrganizationSource
  projectId: string
  totals: Totals
}

const SessionHealthRef = new ObjectRef<GraphTypes, SessionHealthSource>('SessionHealth')
const ProjectHealthRef = new ObjectRef<GraphTypes, ProjectHealthSource>('ProjectHealth')

const MOST_PROJECTS = 100
const projectsCall = '`GET organizations/{org}/sessions/?groupBy=project` (scope `org:read`)'
const asksProjects = asksSentry({
  endpoint: 'GET organizations/{org}/sessions/',
  serves: 'parent',
  ignoresArguments: true,
})
const source = 'Comes with the report; no Sentry call of its own.'

export function addSessionHealth(builder: GraphBuilder): void {
  builder.objectType(ProjectHealthRef, {
    description: 'How one project does.',
    fields: (t) => ({
      project: t.field({
        type: ProjectRef,
        description:
          'The project. Costs a call for all of them: `GET organizations/{org}/projects/?query=id:…` (scope `org:read`).',
        extensions: asksSentry({ endpoint: 'GET organizations/{org}/projects/', serves: 'siblings' }),
        resolve: async ({ organization, projectId }, _, context) => {
          const { projects } = requireSignedIn(context).loaders
          return projectSource(organization, await projects.load({ organization, key: projectId }))
        },
      }),
      sessionCount: t.field({
        type: 'Count',
        description: `How many sessions it had. ${source}`,
        resolve: ({ totals }) => totals['sum(session)'],
      }),
      crashFreeSessions: t.float({
        description: `Which part of them did not crash, 0 to 1; null without sessions. ${source}`,
        resolve: ({ totals }) => totals['crash_free_rate(session)'],
      }),
      crashFreeUsers: t.float({
        description: `Which part of its users saw no crash, 0 to 1; null without users. ${source}`,
        resolve: ({ totals }) => totals['crash_free_rate(user)'],
      }),
    }),
  })
  builder.objectType(SessionHealthRef, {
    description: 'How applications do, from the sessions that they report (release health).',
    fields: (t) => ({
      sessionCount: t.field({
        type: 'Count',
        description: `How many sessions there were. ${source}`,
        resolve: ({ totals }) => totals['sum(session)'],
      }),
      userCount: t.field({
        type: 'Count',
        description: `How many users they were of. ${source}`,
        resolve: ({ totals }) => totals['count_unique(user)'],
      }),
      crashFreeSessions: t.float({
        description: `Which part of the sessions did not crash, 0 to 1; null, which is not 1, without sessions. ${source}`,
        resolve: ({ totals }) => totals['crash_free_rate(session)'],
      }),
      crashFreeUsers: t.float({
        description: `Which part of the users saw no crash, 0 to 1; null without users. ${source}`,
        resolve: ({ totals }) => totals['crash_free_rate(user)'],
      }),
      crashFreeSeries: t.expose('crashFreeSeries', {
        type: TimeSeriesRef,
        description: `The part of sessions that did not crash, over time; a point is null for an interval without sessions. ${source}`,
      }),
      byProject: t.field({
        type: [ProjectHealthRef],
        description: `The same for each project with sessions, those with the most first, at most ${MOST_PROJECTS}. Costs a call: ${projectsCall}.`,
        extensions: { ...asksProjects, ...givesAtMost(MOST_PROJECTS) },
        resolve: async ({ organization, question }, _, context) => {
          const { groups } = await measureProjects(organization, question, context)
          return groups.flatMap(({ projectId, totals }) =>
            projectId === null ? [] : { organization, projectId, totals },
          )
        },
      }),
      byProjectIsCapped: t.boolean({
        description: `Whether more projects had sessions than \`byProject\` gives; null where Sentry does not say. Costs a call, the same as \`byProject\` and once for both: ${projectsCall}.`,
        extensions: asksProjects,
        resolve: async ({ organization, question }, _, context) =>
          (await measureProjects(organization, question, context)).hasMore,
      }),
    }),
  })

  builder.objectField(OrganizationRef, 'sessionHealth', (t) =>
    t.field({
      type: SessionHealthRef,
      description:
        'How the applications of the organization do. Costs a call for what is told of all projects together: `GET organizations/{org}/sessions/` (scope `org:read`).',
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/sessions/', serves: 'parent' }),
      args: {
        range: t.arg({
          type: TimeRangeRef,
          required: true,
          description: 'The time it covers; Sentry widens it to whole intervals.',
        }),
        projectIds: t.arg.idList({
          description: 'Of these projects only, at most 50; of all the viewer may see when left out.',
        }),
        environments: t.arg.stringList({ description: 'Of these environments only, at most 50.' }),
        interval: t.arg({
          type: 'Duration',
          description:
            'The length of an interval: whole hours that divide a day. One that suits the range when left out.',
        }),
      },
      resolve: async (organization, args, context, info) => await readHealth(organization, args, context, info),
    }),
  )
}

/** One call in an operation, whoever asks. */
function measureProjects(
  organization: OrganizationSource,
  question: SessionHealthSource['question'],
  context: GraphContext,
): Promise<Sessions> {
  const { sentry } = requireSignedIn(context)
  const projects = { ...question, groupBy: ['project' as const], series: false, most: MOST_PROJECTS }
  return measureSessions(sentry, addressOf(organization), projects)
}

interface HealthArguments {
  range: TimeRangeInput
  projectIds?: readonly string[] | null | undefined
  environments?: readonly string[] | null | undefined
  interval?: string | null | undefined
}

async function readHealth(
  organization: OrganizationSource,
  args: HealthArguments,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<SessionHealthSource> {
  const range = readTimeRange(args.range)
  const interval = readHourlyInterval(args.interval, range)
  const question: SessionHealthSource['question'] = {
    fields: ['sum(session)', 'count_unique(user)', 'crash_free_rate(session)', 'crash_free_rate(user)'],
    range,
    interval,
    projects: readProjectIds(args.projectIds, organization),
    environments: readEnvironmentNames(args.environments),
  }
  const selection = selectionOf(info, 'SessionHealth')
  const series = selection.has('crashFreeSeries')
  if (!series && !selection.has('sessionCount', 'userCount', 'crashFreeSessions', 'crashFreeUsers')) {
    return { organization, question, totals: {}, crashFreeSeries: null }
  }
  const { sentry } = requireSignedIn(context)
  const answer = await measureSessions(sentry, addressOf(organization), { ...question, groupBy: [], series })
  const [group] = answer.groups
  const rates = group?.series['crash_free_rate(session)']?.map((value) => value ?? null)
  return {
    organization,
    question,
    totals: group?.totals ?? {},
    crashFreeSeries: rates ? intervalSeries(answer.intervals, rates, { interval, range, isSummable: false }) : null,
  }
}
