import type { FastifyRequest } from 'fastify'

/** The path of a request as it came over the wire. */
export function pathOf(request: FastifyRequest): string {
  return request.raw.url?.split('?', 1)[0] ?? '/'
}

/** The query of a request as it came over the wire, without the question mark. */
export function queryOf(request: FastifyRequest): string {
  const url = request.raw.url ?? ''
  const start = url.indexOf('?')
  return start === -1 ? '' : url.slice(start + 1)
}
