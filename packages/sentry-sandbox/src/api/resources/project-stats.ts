import { hour as hourLength } from '../../world/moment.ts'
import type { ProjectHistory } from '../../world/project-history.ts'
import type { UsageCount } from '../../world/usage.ts'
import { recallUsage } from '../../world/usage-record.ts'
import { answerJson } from '../answer.ts'
import { badRequest } from '../api-error.ts'
import { limitRate, readScopes, type CallerRequest, type Endpoint } from '../endpoint.ts'
import { createBuckets } from '../parameters/interval.ts'
import { projectEndpoint } from '../project-access.ts'

type Outcome = UsageCount['outcome']

/** What each `stat` counts. What clients discarded was never received; what was generated is what was kept. */
const outcomesByStat = new Map<string, readonly Outcome[]>([
  ['received', ['accepted', 'filtered', 'rate_limited', 'invalid']],
  ['rejected', ['rate_limited']],
  ['blacklisted', ['filtered']],
  ['generated', ['accepted']],
])

const intervals = new Map([
  ['10s', 10_000],
  ['1h', hourLength],
  ['1d', 24 * hourLength],
])

const series = projectEndpoint(
  'projects/:organization/:project/stats/',
  readScopes('project'),
  (request, access, project) => {
    const outcomes = outcomesByStat.get(request.query.getAll('stat').at(-1) ?? 'received')
    if (outcomes === undefined) throw badRequest('Invalid stat')
    const { start, end, interval } = readSeries(request)
    const history = access.world.historyOf(project)
    const count = (from: number, to: number) => countErrors(history, outcomes, from, to, request.now.getTime())
    return answerJson(
      createBuckets({ start, end }, interval).starts.map((from) => [from / 1000, count(from, from + interval)]),
    )
  },
)

/** The last day by the hour, unless something else is asked for. The end lies inside the last interval. */
function readSeries({ query, now }: CallerRequest): { start: number; end: number; interval: number } {
  const interval = intervals.get(query.getAll('resolution').at(-1) ?? '1h')
  if (interval === undefined) throw badRequest('Invalid resolution')
  const end = readSeconds(query, 'until') ?? now.getTime()
  const start = readSeconds(query, 'since') ?? end - 24 * hourLength + 1000
  if ((end - start) / interval > 10_000) throw badRequest('Invalid resolution')
  return { start, end: end + 1, interval }
}

function readSeconds(query: URLSearchParams, name: string): number | null {
  const text = query.getAll(name).at(-1)
  if (text === undefined || text === '') return null
  if (!/^\d{1,11}(?:\.\d+)?$/.test(text)) throw badRequest(`Invalid ${name}`)
  return Math.floor(Number(text) * 1000)
}

/** Errors between two moments, by adding up hours; parts of an hour are the difference of what had come by then. */
function countErrors(
  history: ProjectHistory,
  outcomes: readonly Outcome[],
  from: number,
  to: number,
  now: number,
): number {
  const countHour = (hour: number, moment: number) =>
    recallUsage(history, hour, moment)
      .filter(({ category, outcome }) => category === 'error' && outcomes.includes(outcome))
      .reduce((sum, { quantity }) => sum + quantity, 0)
  const end = Math.min(to, now)
  let sum = 0
  for (let hour = Math.floor(from / hourLength); hour * hourLength < end; hour += 1) {
    const isBegun = hour * hourLength < from
    sum += countHour(hour, (hour + 1) * hourLength <= end ? now : end) - (isBegun ? countHour(hour, from) : 0)
  }
  return sum
}

export const projectStatsEndpoints: readonly Endpoint[] = [
  limitRate({ group: 'project-stats', limit: 20, window: 1, concurrency: 25 }, series),
]
