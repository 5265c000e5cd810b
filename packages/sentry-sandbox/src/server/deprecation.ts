import type { FastifyReply } from 'fastify'
import type { DeprecationFault } from './faults.ts'

/**
 * Adds the headers of a deprecated endpoint to an answer; in a brownout its body becomes Sentry's 410.
 *
 * @returns the body to send.
 */
export function deprecate(
  reply: FastifyReply,
  body: unknown,
  { deprecated, replacement, brownout = 'daily' }: DeprecationFault,
  now: Date,
): unknown {
  const date = new Date(deprecated)
  reply.header('X-Sentry-Deprecation-Date', date.toISOString().replace('.000Z', '+00:00'))
  if (replacement !== undefined) reply.header('X-Sentry-Replacement-Endpoint', replacement)
  if (now < date || (brownout === 'daily' && !isNoon(now))) return body
  reply.code(410).type('application/json').removeHeader('content-length')
  return JSON.stringify({ message: 'This API no longer exists.' })
}

function isNoon(now: Date): boolean {
  return now.getUTCHours() === 12 && now.getUTCMinutes() === 0
}
