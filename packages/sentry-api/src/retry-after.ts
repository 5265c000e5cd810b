/**
 * Milliseconds until the same call may succeed; null where the answer does not say. Sentry’s 429 names the end of its
 * window in epoch seconds; proxies send `Retry-After` (RFC 9110, section 10.2.3).
 */
export function readRetryAfter(header: (name: string) => string | null): number | null {
  const reset = readNumber(header('x-sentry-rate-limit-reset'))
  if (reset !== null) return Math.max(0, reset * 1000 - Date.now())
  const seconds = readNumber(header('retry-after'))
  return seconds === null ? null : seconds * 1000
}

function readNumber(text: string | null): number | null {
  return text !== null && /^\d{1,12}(?:\.\d+)?$/.test(text) ? Number(text) : null
}
