import { errorEventTypes } from '../../world/error-event-types.ts'
import { openEvent, type WorldEvent } from '../../world/event.ts'
import type { Issue } from '../../world/issue.ts'
import type { ProjectHistory } from '../../world/project-history.ts'
import type { CallerRequest } from '../endpoint.ts'
import type { OrganizationAccess } from '../organization-access.ts'
import { selectEnvironments } from '../parameters/environment-selection.ts'
import type { Buckets } from '../parameters/interval.ts'
import { selectProjects } from '../parameters/project-selection.ts'
import { readTimeRange, type TimeRange } from '../parameters/time-range.ts'
import { readDataset, type Dataset } from './dataset.ts'
import { readEventFilter, type EventFilter } from './event-filter.ts'

/** The events that a request selects. */
export interface EventSource {
  dataset: Dataset
  range: TimeRange
  histories: readonly ProjectHistory[]
  environments: ReadonlySet<string> | null
  filter: EventFilter
  now: number
}

/** @throws {ApiError} for a bad dataset, range, selection or search. */
export function readEventSource({ query, now }: CallerRequest, access: OrganizationAccess): EventSource {
  const dataset = readDataset(query)
  const projects = selectProjects(query, access)
  return {
    dataset,
    range: readTimeRange(query, now),
    histories: projects.map((project) => access.world.historyOf(project)),
    environments: selectEnvironments(query, access.organization),
    filter: readEventFilter(query.getAll('query').at(-1) ?? '', new Set(projects.map(({ slug }) => slug))),
    now: now.getTime(),
  }
}

/** Some events of one issue: `weight` of them, of which this is the newest. */
export interface Occurrence {
  event: WorldEvent
  weight: number
}

/** Every event, one at a time. Where only issues matter, all events of an issue come as one. */
export function* walkEvents(
  source: EventSource,
  onlyIssuesMatter: boolean,
  range = source.range,
): Generator<Occurrence> {
  const { environments, filter } = source
  for (const issue of listIssues(source)) {
    const [first, last] = countEvents(issue, range, source.now)
    if (last <= first) continue
    if (isMerged(source, onlyIssuesMatter)) {
      const event = openEvent(issue, last - 1)
      if (filter.fits(event)) yield { event, weight: last - first }
      continue
    }
    for (let ordinal = last - 1; ordinal >= first; ordinal -= 1) {
      const event = openEvent(issue, ordinal)
      const fits = (environments === null || environments.has(event.environment ?? '')) && filter.fits(event)
      if (fits) yield { event, weight: 1 }
    }
  }
}

/**
 * Events with the number of the bucket that each lies in. `shift` (milliseconds) takes the events of an earlier range. Where only issues
 * matter, all events of an issue in a bucket come as one.
 */
export function* walkBuckets(
  source: EventSource,
  onlyIssuesMatter: boolean,
  { starts, interval }: Buckets,
  shift = 0,
): Generator<Occurrence & { bucket: number }> {
  const range = { start: source.range.start - shift, end: source.range.end - shift }
  const origin = (starts[0] ?? 0) - shift
  if (!isMerged(source, onlyIssuesMatter)) {
    for (const { event, weight } of walkEvents(source, onlyIssuesMatter, range)) {
      yield { event, weight, bucket: Math.floor((event.moment - origin) / interval) }
    }
    return
  }
  for (const issue of listIssues(source)) {
    let [before, total] = countEvents(issue, range, source.now)
    const firstBucket = Math.max(0, Math.floor((issue.firstSeen - origin) / interval))
    for (let bucket = firstBucket; before < total && bucket < starts.length; bucket += 1) {
      const last = Math.min(total, issue.volume.countBefore(origin + (bucket + 1) * interval))
      if (last <= before) continue
      const event = openEvent(issue, last - 1)
      if (!source.filter.fits(event)) break
      yield { event, weight: last - before, bucket }
      before = last
    }
  }
}

const isMerged = ({ environments, filter }: EventSource, onlyIssuesMatter: boolean) =>
  onlyIssuesMatter && environments === null && filter.isOfIssue

function listIssues({ dataset, histories, now }: EventSource): Issue[] {
  if (!dataset.hasErrors) return []
  return histories.flatMap((history) => history.issuesAt(now)).filter(({ kind }) => errorEventTypes.has(kind.eventType))
}

/** The numbers of the first event in a range and of the first one after it. */
const countEvents = ({ volume }: Issue, { start, end }: TimeRange, now: number): [first: number, end: number] => [
  volume.countBefore(start),
  volume.countBefore(Math.min(end, now)),
]
