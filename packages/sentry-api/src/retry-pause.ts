import { isOutage } from './origin-guard.ts'
import { readRateLimitHeaders } from './rate-limit-headers.ts'
import type { HttpAnswer } from './request.ts'
import { readRetryAfter } from './retry-after.ts'

/** In all, the first one included. */
const MOST_ATTEMPTS = 4
/** Of a call that is asked too often. */
const MOST_RATE_LIMITED_ATTEMPTS = 3

const FIRST_PAUSE = 200
const GROWTH = 3
/** The windows of Sentry’s limits are counted in whole seconds of a clock that is not ours. */
const SHORTEST_WINDOW = 1000

/**
 * Milliseconds before a GET is made once more; null when the answer is final. `answer` is null when the connection failed.
 * @param attempt how many attempts have been made.
 * @param random from 0 to 1.
 */
export function readRetryPause(answer: HttpAnswer | null, attempt: number, random: () => number): number | null {
  if (attempt >= MOST_ATTEMPTS) return null
  if (answer === null) return backOff(attempt, random)
  if (answer.status === 429) return attempt < MOST_RATE_LIMITED_ATTEMPTS ? untilAllowed(answer, attempt, random) : null
  if (isOutage(answer)) return Math.max(backOff(attempt, random), readRetryAfter(answer.header) ?? 0)
  return null
}

/**
 * From half of the longest pause to the whole: the fixed half bridges an outage of a second, the other half keeps calls
 * that failed together from coming back together.
 */
function backOff(attempt: number, random: () => number): number {
  return FIRST_PAUSE * GROWTH ** (attempt - 1) * (0.5 + random() / 2)
}

function untilAllowed({ header }: HttpAnswer, attempt: number, random: () => number): number | null {
  const { remaining, concurrentRemaining } = readRateLimitHeaders(header)
  const isConcurrency = concurrentRemaining === 0 && remaining !== 0
  if (isConcurrency) return backOff(attempt, random)
  const wait = readRetryAfter(header)
  return wait === null ? null : Math.max(SHORTEST_WINDOW, wait) + random() * FIRST_PAUSE
}
