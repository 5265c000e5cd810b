import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createRefusal } from '../api/refusals.ts'
import { sendAnswer } from './api-routes.ts'
import { isControlPath } from './control-path.ts'
import type { Fault } from './faults.ts'
import { streamGzipBomb, streamHugeJson } from './flood.ts'
import { recordPerson } from './request-log-hooks.ts'
import { pathOf } from './request-target.ts'
import type { SandboxContext } from './sandbox-context.ts'
import type { HostName } from '../world/organization.ts'
import { strikeAnswer } from './struck-answer.ts'

const pageInsteadOfJson = '<!doctype html><title>One moment</title><p>Checking your browser before you proceed.</p>'

/** Lets the faults strike: some before the work (the edge fails), some on the finished answer (the way back fails). */
export function addFaultHooks(
  app: FastifyInstance,
  host: HostName,
  { faults, tokens, clock }: Pick<SandboxContext, 'faults' | 'tokens' | 'clock'>,
): void {
  const struck = new WeakMap<FastifyRequest, Fault>()

  app.addHook('onRequest', (request, reply, done) => {
    const path = pathOf(request)
    const fault = isControlPath(path) ? null : faults.take({ host, method: request.method, path })
    if (fault === null) return done()
    struck.set(request, fault)
    // The request may never come to where callers are found, but whose it was is to be recorded all the same.
    const caller = tokens.findByAccessToken(request.headers.authorization?.split(' ')[1] ?? '')
    if (caller !== null) recordPerson(request, caller.personId)
    if (!strikeBeforeWork(fault, request, reply, clock())) done()
  })

  app.addHook('onSend', async (request, reply, payload) => {
    const fault = struck.get(request)
    return fault === undefined ? payload : strikeAnswer(fault, request, reply, payload, clock())
  })
}

/** Whether the fault has answered, or never will: then no work is done. */
function strikeBeforeWork(fault: Fault, request: FastifyRequest, reply: FastifyReply, now: Date): boolean {
  if (typeof fault === 'string') return strikeByName(fault, request, reply)
  if ('redirect' in fault) reply.redirect(fault.redirect, 302)
  else if ('status' in fault) sendStatus(reply, fault)
  else if ('refusal' in fault) sendAnswer(reply, createRefusal(fault.refusal).answer)
  else if ('rateLimited' in fault) sendRateLimited(reply, fault.rateLimited, now)
  else if ('hugeBytes' in fault) reply.type('application/json').send(streamHugeJson(fault.hugeBytes))
  else if ('gzipBombBytes' in fault) {
    reply.type('application/json').header('Content-Encoding', 'gzip').send(streamGzipBomb(fault.gzipBombBytes))
  } else return false
  return true
}

function strikeByName(fault: string, request: FastifyRequest, reply: FastifyReply): boolean {
  switch (fault) {
    case 'reset':
      reply.hijack()
      request.raw.socket.resetAndDestroy()
      return true
    case 'silence':
      reply.hijack()
      return true
    case 'html':
      reply.type('text/html; charset=utf-8').send(pageInsteadOfJson)
      return true
    case 'garbage':
      reply.type('application/json').send('{"data": [1, 2,')
      return true
    case 'empty':
      reply.type('application/json').send('')
      return true
    default:
      return false
  }
}

function sendStatus(
  reply: FastifyReply,
  fault: { status: number; body?: unknown; headers?: Record<string, string> },
): void {
  const { status, body = '', headers = {} } = fault
  const type = typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json'
  reply
    .code(status)
    .type(type)
    .headers(headers)
    .send(typeof body === 'string' ? body : JSON.stringify(body))
}

function sendRateLimited(reply: FastifyReply, seconds: number, now: Date): void {
  const detail = 'You are attempting to use this endpoint too frequently. Limit is 40 requests in 1 seconds'
  const reset = Math.ceil(now.getTime() / 1000) + seconds
  const headers = {
    'X-Sentry-Rate-Limit-Limit': '40',
    'X-Sentry-Rate-Limit-Remaining': '0',
    'X-Sentry-Rate-Limit-Reset': String(reset),
    'X-Sentry-Rate-Limit-ConcurrentLimit': '25',
    'X-Sentry-Rate-Limit-ConcurrentRemaining': '25',
  }
  sendAnswer(reply, { status: 429, body: { detail }, headers })
}
