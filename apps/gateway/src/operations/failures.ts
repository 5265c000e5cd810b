import { StoreUnavailableError } from '@sentry-graph/session-store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { OverloadedError } from './overload.ts'

const words: Record<number, string> = {
  400: 'bad_request',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  413: 'body_too_large',
  414: 'address_too_long',
  415: 'unsupported_media_type',
  431: 'headers_too_large',
  500: 'internal',
  503: 'unavailable',
}

/** The status an error is answered with: its own if it is a refusal, 503 while the store is away, 500 for the rest. */
export function statusOf(error: unknown): number {
  if (error instanceof StoreUnavailableError) return 503
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  return status >= 400 && status <= 599 ? status : 500
}

/** The word for a status in a JSON answer. */
export function wordOf(status: number): string {
  return words[status] ?? (status < 500 ? 'bad_request' : 'internal')
}

/** Tells the log of what is our fault. One line for each request that is turned away would only add to the load. */
export function logFailure(error: unknown, { log }: FastifyRequest): void {
  if (statusOf(error) < 500 || error instanceof OverloadedError) return
  log.error({ event: 'request.failed', err: error }, 'request failed')
}

/** Answers an error that no room has handled: a word for its status and the id under which the log tells more. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const status = statusOf(error)
  logFailure(error, request)
  if (status === 503) reply.header('retry-after', '5')
  const word = error instanceof StoreUnavailableError ? error.code : wordOf(status)
  reply.code(status).send({ error: word, id: request.id })
}
