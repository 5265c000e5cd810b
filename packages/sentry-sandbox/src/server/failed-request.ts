import { randomBytes } from 'node:crypto'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '../api/api-error.ts'
import { sendAnswer } from './api-routes.ts'

/** Answers what was thrown: refusals as they are, bad HTTP as 4xx, anything else as Sentry's 500. */
export function answerFailure(
  error: FastifyError | ApiError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof ApiError) return sendAnswer(reply, error.answer)
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return sendAnswer(reply, { status: error.statusCode, body: { detail: 'Malformed request.' }, headers: {} })
  }
  request.log.error(error)
  const errorId = randomBytes(16).toString('hex')
  return sendAnswer(reply, { status: 500, body: { detail: 'Internal Error', errorId }, headers: {} })
}
