import type { FastifyRequest } from 'fastify'

/** The query of a request as it was sent, doubled parameters included. */
export function searchParametersOf({ originalUrl }: FastifyRequest): URLSearchParams {
  const start = originalUrl.indexOf('?')
  return new URLSearchParams(start === -1 ? '' : originalUrl.slice(start + 1))
}
