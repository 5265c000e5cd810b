import type { FastifyReply, FastifyRequest } from 'fastify'
import { messagePage } from '../pages/message-page.ts'
import { sendPage } from './browser.ts'
import { pathOf } from './request-target.ts'
import type { HostName } from '../world/organization.ts'

const hint = 'Route not found, did you forget a trailing slash?'

/** Answers a path that does not exist: a hint without trailing slash, an empty 404 with it, a page outside the API. */
export function answerMissingRoute(host: HostName, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = pathOf(request)
  reply.code(404)
  if (path.startsWith('/api/0')) return path.endsWith('/') ? reply.send() : suggestSlash(path, request, reply)
  if (host !== 'control') return reply.send()
  return sendPage(reply, messagePage('Not found', 'There is nothing at this address.'), 404)
}

function suggestSlash(path: string, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const suggestion = `try: ${path}/`
  if (request.headers['content-type'] === 'application/json') {
    return reply.type('application/json').send(JSON.stringify({ info: `${hint} ${suggestion}` }))
  }
  return reply.type('text/plain; charset=utf-8').send(`${hint}\n\n${suggestion}\n`)
}
