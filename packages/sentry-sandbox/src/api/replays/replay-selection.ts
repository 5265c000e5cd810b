import { hour as hourLength } from '../../world/moment.ts'
import type { ProjectHistory } from '../../world/project-history.ts'
import { replaysInHour, type Replay } from '../../world/replay.ts'
import { errorsOf } from '../../world/replay-errors.ts'
import { ApiError, badRequest } from '../api-error.ts'
import type { TimeRange } from '../parameters/time-range.ts'
import { readSearchQuery, search, type SearchRules } from '../search-query.ts'
import { replayFields } from './replay-representation.ts'

/** Replays that started in a range, newest first. */
export function listReplays(histories: readonly ProjectHistory[], { start, end }: TimeRange, now: number): Replay[] {
  const last = Math.min(end, now)
  return histories
    .flatMap((history) => {
      const replays: Replay[] = []
      for (let hour = Math.floor(start / hourLength); hour * hourLength < last; hour += 1) {
        replays.push(...replaysInHour(history, hour))
      }
      return replays
        .filter(({ startedAt }) => startedAt >= start && startedAt < last)
        .map((replay) => cutOff(replay, now))
    })
    .toSorted((left, right) => right.startedAt - left.startedAt)
}

/** A replay that still runs ends now. */
function cutOff(replay: Replay, now: number): Replay {
  const elapsed = Math.floor((now - replay.startedAt) / 1000)
  return replay.duration <= elapsed ? replay : { ...replay, duration: elapsed }
}

/**
 * The fields that are asked for; all of them when none is.
 *
 * @throws {ApiError} 400 that names the position of a field which replays do not have.
 */
export function readReplayFields(query: URLSearchParams): readonly string[] {
  const names = query.getAll('field')
  const faults = names.flatMap((name, position) =>
    replayFields.includes(name) ? [] : [[position, [`"${name}" is not a valid choice.`]]],
  )
  if (faults.length > 0) throw new ApiError(400, { field: Object.fromEntries(faults) as object })
  return names.length === 0 ? replayFields : names
}

type Sorter = (replay: Replay, now: number) => number | string

const sorters: Readonly<Record<string, Sorter>> = {
  started_at: ({ startedAt }) => startedAt,
  finished_at: ({ startedAt, duration }) => startedAt + duration * 1000,
  duration: ({ duration }) => duration,
  activity: ({ activity }) => activity,
  count_dead_clicks: ({ countDeadClicks }) => countDeadClicks,
  count_rage_clicks: ({ countRageClicks }) => countRageClicks,
  count_warnings: ({ countWarnings }) => countWarnings,
  count_segments: ({ countSegments }) => countSegments,
  count_urls: ({ urls }) => urls.length,
  count_errors: (replay, now) => errorsOf(replay, now).length,
  project_id: ({ history }) => history.project.id,
  'browser.name': ({ browser }) => browser?.name ?? '',
  'os.name': ({ os }) => os.name,
}

/** @throws {ApiError} 400 for an order that replays do not have. */
export function sortReplays(replays: readonly Replay[], query: URLSearchParams, now: number): Replay[] {
  const text = ['sort', 'sortBy', 'orderBy'].flatMap((name) => query.getAll(name)).at(-1) ?? '-started_at'
  const name = text.replace(/^-/, '')
  const sorter = Object.hasOwn(sorters, name) ? sorters[name] : undefined
  if (sorter === undefined) throw badRequest(`Invalid field specified. Field: ${name}`)
  const direction = text.startsWith('-') ? -1 : 1
  const keys = new Map(replays.map((replay) => [replay, sorter(replay, now)]))
  return replays.toSorted((left, right) => {
    const [first, second] = [keys.get(left) ?? 0, keys.get(right) ?? 0]
    return direction * (first < second ? -1 : Number(first > second))
  })
}

/** A condition on a number: `5`, `>5`, `<=5`. */
function admitsNumber(condition: string, number: number): boolean {
  const [, sign = '', limit = ''] = /^(>=|<=|>|<)?(\d+)$/.exec(condition) ?? []
  if (limit === '') throw badRequest(`Could not parse search query: ${condition} is not a number`)
  const bound = Number(limit)
  return (
    { '>=': number >= bound, '<=': number <= bound, '>': number > bound, '<': number < bound, '': number === bound }[
      sign
    ] ?? false
  )
}

const numeric = (read: (replay: Replay) => number) => (replay: Replay, conditions: readonly string[]) =>
  conditions.every((condition) => admitsNumber(condition, read(replay)))

const oneOf = (values: readonly string[]) => values.flatMap((value) => value.replace(/^\[|\]$/g, '').split(/,\s*/))

function createRules(now: number): SearchRules<Replay> {
  return {
    terms: {
      id: ({ id }, values) => oneOf(values).some((value) => value.replaceAll('-', '') === id),
      replay_id: ({ id }, values) => oneOf(values).some((value) => value.replaceAll('-', '') === id),
      environment: ({ environment }, values) => oneOf(values).includes(environment),
      release: ({ release }, values) => release !== null && oneOf(values).includes(release.version),
      'browser.name': ({ browser }, values) => browser !== null && oneOf(values).includes(browser.name),
      'os.name': ({ os }, values) => oneOf(values).includes(os.name),
      'user.email': ({ user }, values) => oneOf(values).includes(user?.email ?? ''),
      'user.id': ({ user }, values) => oneOf(values).includes(user?.id ?? ''),
      duration: numeric(({ duration }) => duration),
      activity: numeric(({ activity }) => activity),
      count_errors: numeric((replay) => errorsOf(replay, now).length),
      count_dead_clicks: numeric(({ countDeadClicks }) => countDeadClicks),
      count_rage_clicks: numeric(({ countRageClicks }) => countRageClicks),
      'issue.id': (replay, values) => errorsOf(replay, now).some(({ issue }) => oneOf(values).includes(issue.id)),
    },
    text: ({ id, urls }) => [id, ...urls],
  }
}

/** The replays that fit the `query` of a request. A term that replays do not have fits none. */
export const searchReplays = (replays: readonly Replay[], query: URLSearchParams, now: number): Replay[] =>
  search(replays, readSearchQuery(query), createRules(now))
