import { fraction, hashText, mix } from './hash.ts'
import { hour as hourLength } from './moment.ts'
import { errorEventTypes } from './error-event-types.ts'
import { listCheckIns } from './monitor.ts'
import type { ProjectHistory } from './project-history.ts'
import { replaysInHour } from './replay.ts'
import { incidentOf, rhythmOf } from './rhythm.ts'

/** What Sentry counts for billing, in one hour of one project. */
export interface UsageCount {
  category: UsageCategory
  outcome: 'accepted' | 'filtered' | 'rate_limited' | 'invalid' | 'client_discard'
  reason: string
  /** What `sum(quantity)` adds up: for attachments bytes. */
  quantity: number
  /** What `sum(times_seen)` adds up. */
  timesSeen: number
}

export type UsageCategory =
  'error' | 'transaction' | 'span' | 'replay' | 'attachment' | 'monitor' | 'profile' | 'log_item' | 'feedback'

/** Errors of a project that Sentry took in during an hour (since the epoch): the sum of its issues' events. */
export function acceptedErrors(history: ProjectHistory, hour: number, now: number): number {
  if ((hour + 1) * hourLength <= now) return history.errorsIn(hour)
  return history
    .issuesAt(now)
    .filter(({ kind }) => errorEventTypes.has(kind.eventType))
    .reduce((sum, { volume }) => sum + volume.countBefore(now) - volume.countBefore(hour * hourLength), 0)
}

/** Everything that a project sent in an hour (since the epoch) that had begun at the moment `now`. */
export function usageInHour(history: ProjectHistory, hour: number, now: number): UsageCount[] {
  if (history.project.firstEvent === null || hour * hourLength >= now) return []
  const share = Math.min(1, (now - hour * hourLength) / hourLength)
  const accepted = acceptedErrors(history, hour, now)
  return [
    ...describeErrors(history, hour, accepted, share),
    ...describeOthers(history, hour, share),
    countOne('monitor', 'accepted', '', countCheckIns(history, hour, now)),
    countOne('replay', 'accepted', '', replaysInHour(history, hour).filter(({ startedAt }) => startedAt < now).length),
  ].filter(({ quantity }) => quantity > 0)
}

/** Missed ones were never sent. */
function countCheckIns(history: ProjectHistory, hour: number, now: number): number {
  const [start, end] = [hour * hourLength, (hour + 1) * hourLength]
  const checkIns = history.monitors.flatMap((monitor) =>
    monitor.environments.flatMap((environment) => listCheckIns(monitor, environment, start, end, now)),
  )
  return checkIns.filter(({ status }) => status !== 'missed').length
}

const filterReasons = ['browser-extensions', 'web-crawlers', 'localhost', 'legacy-browsers', 'error-message']
const discardReasons = ['sample_rate', 'before_send', 'ratelimit_backoff', 'queue_overflow', 'network_error']
const invalidReasons = ['invalid_json', 'too_large', 'timestamp']

function describeErrors({ seed }: ProjectHistory, hour: number, accepted: number, share: number): UsageCount[] {
  const draw = mix(seed, hour)
  const expected = rhythmOf(seed, hour) * share
  const count = (rate: number, purpose: number) => Math.floor(rate * expected + fraction(draw, purpose))
  const isDown = incidentOf(seed, hour) > 6
  return [
    countOne('error', 'accepted', '', accepted),
    countOne('error', 'filtered', choose(filterReasons, draw, 31), count(0.6, 32)),
    countOne('error', 'client_discard', choose(discardReasons, draw, 33), count(1.1, 34)),
    countOne('error', 'invalid', choose(invalidReasons, draw, 35), count(-0.95, 36)),
    countOne(
      'error',
      'rate_limited',
      choose(['key_quota', 'project_quota', 'usage_exceeded'], draw, 37),
      isDown ? count(30, 38) : 0,
    ),
  ]
}

function describeOthers(
  { seed, size, project: { uses, environments } }: ProjectHistory,
  hour: number,
  share: number,
): UsageCount[] {
  if (environments.length === 0) return []
  const rates: readonly (readonly [UsageCategory, boolean, number])[] = [
    ['transaction', uses.transactions, 180],
    ['span', uses.transactions, 2400],
    ['profile', uses.profiles, 9],
    ['log_item', uses.logs, 900],
    ['attachment', uses.minifiedStackTrace || uses.replays, 2],
    ['feedback', uses.feedbacks, 0.02],
  ]
  return rates.flatMap(([category, isUsed, rate]) => {
    if (!isUsed) return []
    const draw = mix(mix(seed, hour), hashText(category))
    const sent = Math.floor(
      rate * size * rhythmOf(seed, hour) * share * (0.8 + 0.4 * fraction(draw, 1)) + fraction(draw, 2),
    )
    const discarded = ['transaction', 'span', 'profile'].includes(category) ? Math.floor(sent * 0.7) : 0
    return [
      countOne(category, 'accepted', '', sent, draw),
      countOne(category, 'client_discard', 'sample_rate', discarded, draw),
      countOne(
        category,
        'filtered',
        'filtered-transaction',
        category === 'transaction' ? Math.floor(sent * 0.03) : 0,
        draw,
      ),
    ]
  })
}

const choose = (reasons: readonly string[], draw: number, purpose: number) =>
  reasons[Math.floor(fraction(draw, purpose) * reasons.length)] ?? ''

const bytes = (draw: number) => 40_000 + (draw % 400_000)

function countOne(
  category: UsageCategory,
  outcome: UsageCount['outcome'],
  reason: string,
  timesSeen: number,
  draw = 0,
): UsageCount {
  return {
    category,
    outcome,
    reason,
    timesSeen,
    quantity: category === 'attachment' ? timesSeen * bytes(draw) : timesSeen,
  }
}
