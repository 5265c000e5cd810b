import type { FastifyReply, FastifyRequest } from 'fastify'
import { signInFailures, type SignInError } from './failures.ts'

/** Whether the caller is a program that asks for JSON rather than a browser that opens a page. */
export function wantsJson(request: FastifyRequest): boolean {
  return request.headers.accept?.includes('application/json') ?? false
}

/** Tells the log, and the caller: JSON with the failure's status, or the error page with its code. */
export function answerFailure(
  request: FastifyRequest,
  reply: FastifyReply,
  failure: SignInError,
  correlationId: string,
) {
  if (wantsJson(request)) return sendFailure(request, reply, failure, correlationId)
  report(request, failure, correlationId)
  return reply.redirect(errorPage(failure, correlationId), 303)
}

/** Tells the log, and a program: JSON with the failure's status. */
export function sendFailure(request: FastifyRequest, reply: FastifyReply, failure: SignInError, correlationId: string) {
  report(request, failure, correlationId)
  return reply.code(signInFailures[failure.code].status).send({ error: failure.code, id: correlationId })
}

function report(request: FastifyRequest, { code, cause }: SignInError, correlationId: string) {
  const { log } = signInFailures[code]
  request.log[log]({ event: 'sign_in.failed', correlationId, code, err: cause }, 'sign-in failed')
}

/**
 * A caller who asks too often is told so in the status and in Retry-After, also in a page: a redirect would make the
 * browser ask once more. The page then moves to the error page by itself.
 */
export function answerRateLimited(request: FastifyRequest, reply: FastifyReply, failure: SignInError) {
  const { status, log } = signInFailures[failure.code]
  request.log[log]({ event: 'sign_in.failed', correlationId: request.id, code: failure.code }, 'sign-in failed')
  reply.code(status)
  if (wantsJson(request)) return reply.send({ error: failure.code, id: request.id })
  const page = errorPage(failure, request.id).replace('&', '&amp;')
  return reply
    .type('text/html; charset=utf-8')
    .send(`<!doctype html><meta http-equiv="refresh" content="0;url=${page}"><a href="${page}">Too many requests</a>\n`)
}

function errorPage(failure: SignInError, correlationId: string): string {
  return `/auth/error?code=${failure.code}&id=${correlationId}`
}
