import type { EventUser } from '../../world/event-user.ts'
import { hexDigits } from '../../world/hash.ts'
import { formatSeconds } from '../../world/moment.ts'
import type { Replay } from '../../world/replay.ts'
import { errorsOf } from '../../world/replay-errors.ts'

type Reader = (replay: Replay, now: number) => unknown

const listErrors = (replay: Replay, now: number) => errorsOf(replay, now).map(({ id }) => id)

/** Every field that can be asked for; in this order when none is. */
const readers: Readonly<Record<string, Reader>> = {
  activity: ({ activity }) => activity,
  browser: ({ browser }) => browser ?? { name: null, version: null },
  clicks: () => [],
  count_dead_clicks: ({ countDeadClicks }) => countDeadClicks,
  count_errors: (replay, now) => listErrors(replay, now).length,
  count_infos: () => 0,
  count_rage_clicks: ({ countRageClicks }) => countRageClicks,
  count_segments: ({ countSegments }) => countSegments,
  count_urls: ({ urls }) => urls.length,
  count_warnings: ({ countWarnings }) => countWarnings,
  device: ({ device }) => device,
  dist: () => null,
  duration: ({ duration }) => duration,
  environment: ({ environment }) => environment,
  error_ids: listErrors,
  finished_at: ({ startedAt, duration }) => formatSeconds(startedAt + duration * 1000),
  has_viewed: ({ seed }) => seed % 5 === 0,
  id: ({ id }) => id,
  info_ids: () => [],
  is_archived: () => false,
  os: ({ os }) => os,
  ota_updates: () => ({ channel: null, runtime_version: null, update_id: null }),
  platform: ({ browser, os }) => (browser === null ? (os.name === 'iOS' ? 'cocoa' : 'java') : 'javascript'),
  project_id: ({ history }) => history.project.id,
  releases: ({ release }) => (release === null ? [] : [release.version]),
  replay_type: ({ seed }) => (seed % 3 === 0 ? 'buffer' : 'session'),
  sdk: ({ browser }) => ({ name: browser === null ? 'sentry.mobile' : 'sentry.javascript.browser', version: '10.4.0' }),
  segment_names: () => [],
  started_at: ({ startedAt }) => formatSeconds(startedAt),
  tags: listTags,
  trace_ids: ({ seed }) => [hexDigits(seed, 61, 32)],
  urls: ({ urls }) => urls,
  user: ({ user }) => presentUser(user),
  warning_ids: ({ seed, countWarnings }) =>
    Array.from({ length: countWarnings }, (_, n) => hexDigits(seed, 70 + n, 32)),
}

/** What is left of a replay that somebody has deleted. */
const archivedReaders: Readonly<Record<string, Reader>> = {
  ...Object.fromEntries(Object.keys(readers).map((name) => [name, () => null])),
  browser: () => ({ name: null, version: null }),
  clicks: () => [],
  device: () => ({ name: null, brand: null, model: null, family: null }),
  error_ids: () => [],
  id: ({ id }) => id,
  info_ids: () => [],
  is_archived: () => true,
  os: () => ({ name: null, version: null }),
  project_id: ({ history }) => history.project.id,
  sdk: () => ({ name: null, version: null }),
  started_at: ({ startedAt }) => formatSeconds(startedAt),
  tags: () => [],
  trace_ids: () => [],
  user: () => ({ id: 'Archived Replay', display_name: 'Archived Replay' }),
  warning_ids: () => [],
}

export const replayFields: readonly string[] = Object.keys(readers)

/** The fields of a replay that are asked for. */
export function presentReplay(replay: Replay, fields: readonly string[], now: number): object {
  const chosen = replay.isArchived ? archivedReaders : readers
  return Object.fromEntries(fields.map((name) => [name, chosen[name]?.(replay, now)]))
}

/** A list when there are none, because the language behind it knows no difference. */
function listTags({ seed, environment }: Replay): Record<string, string[]> | [] {
  if (seed % 4 === 0) return []
  return { plan: [seed % 2 === 0 ? 'free' : 'team'], environment: [environment] }
}

function presentUser(user: EventUser | null): object {
  if (user === null) {
    return { id: null, username: null, email: null, ip: null, display_name: null, geo: emptyPlace }
  }
  const { id, username, email, ipAddress, geo } = user
  return {
    id,
    username,
    email,
    ip: ipAddress,
    display_name: email ?? username ?? ipAddress ?? id,
    geo:
      geo === null
        ? emptyPlace
        : { city: geo.city, country_code: geo.country_code, region: geo.region, subdivision: null },
  }
}

const emptyPlace = { city: null, country_code: null, region: null, subdivision: null }
