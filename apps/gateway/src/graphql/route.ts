import type { GraphContext } from '@sentry-graph/schema'
import { StoreUnavailableError } from '@sentry-graph/session-store'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { statusOf, wordOf } from '../operations/failures.ts'
import { isAnswerable } from './accepted-media-types.ts'
import type { CrossSiteProof } from './cross-site-proof.ts'
import type { Endpoint } from './endpoint.ts'
import { MalformedRequestError, readJsonText, readSearch } from './request-parameters.ts'

export interface GraphqlParts {
  endpoint: Endpoint
  readContext: (request: FastifyRequest, signal: AbortSignal) => Promise<GraphContext>
  proof: CrossSiteProof
}

/** POST and GET /graphql. Whatever goes wrong, the answer has the shape of a GraphQL response. */
export async function graphqlRoute(app: FastifyInstance, { endpoint, readContext, proof }: GraphqlParts) {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  app.setErrorHandler<Error>((error, request, reply) => {
    if (reply.raw.destroyed) return abandon(request, reply)
    const status = statusOf(error)
    if (status >= 500) request.log.error({ event: 'request.failed', err: error }, 'request failed')
    if (status === 503) reply.header('retry-after', '5')
    return sendError(request, reply, status, codeOf(status), messageOf(error, status))
  })

  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    exposeHeadRoute: false,
    async handler(request, reply) {
      reply.header('cache-control', 'no-store')
      if (!proof.isMeant(request.headers)) return sendError(request, reply, 403, 'CSRF', proof.advice)
      if (!isAnswerable(request.headers.accept)) return sendRefusal(request, reply, 406, 'The answer is JSON.')
      // Watched from before the session is read: a connection that ends meanwhile says so only once.
      const signal = callerHasGone(reply)
      const context = { graph: await readContext(request, signal), log: request.log as Logger }
      return sendResponse(reply, await endpoint(endpointRequestOf(request, signal), context))
    },
  })

  app.route({
    method: ['HEAD', 'PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    async onRequest(request, reply) {
      reply.header('allow', 'GET, POST')
      return sendRefusal(request, reply, 405, 'Operations are sent by POST, queries by GET too.')
    },
    handler: () => undefined,
  })
}

/** Nobody is left to answer: what is still to be asked of Sentry is not. */
function abandon(request: FastifyRequest, reply: FastifyReply) {
  request.log.info({ event: 'request.abandoned' }, 'the caller has gone')
  return reply.hijack()
}

/** Fastify's own `request.signal` follows the request's stream, which has ended by the time a body has been read. */
function callerHasGone(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort()
  })
  return controller.signal
}

function endpointRequestOf(request: FastifyRequest, signal: AbortSignal) {
  const { accept } = request.headers
  const isPost = request.method === 'POST'
  return {
    method: request.method,
    url: `/graphql${readSearch(new URL(request.originalUrl, 'http://graphql.invalid').search)}`,
    headers: {
      ...(accept === undefined ? {} : { accept }),
      // Nothing else gets past the parser above, in whatever spelling.
      ...(isPost ? { 'content-type': 'application/json' } : {}),
    },
    body: isPost ? readJsonText(request.body) : null,
    signal,
  }
}

async function sendResponse(reply: FastifyReply, response: Response) {
  reply.code(response.status)
  for (const [name, value] of response.headers) reply.header(name, value)
  return reply.send(await response.text())
}

function sendError(request: FastifyRequest, reply: FastifyReply, status: number, code: string, message: string) {
  const error = { message, extensions: { code, correlationId: request.id } }
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send({ errors: [error] })
}

function sendRefusal(request: FastifyRequest, reply: FastifyReply, status: number, message: string) {
  return sendError(request, reply, status, 'BAD_USER_INPUT', message)
}

function codeOf(status: number): string {
  if (status >= 500) return 'INTERNAL'
  return status === 413 ? 'QUERY_TOO_LARGE' : 'BAD_USER_INPUT'
}

function messageOf(error: Error, status: number): string {
  if (error instanceof MalformedRequestError) return error.advice
  if (error instanceof StoreUnavailableError) return 'The session store is not available. Try again in a moment.'
  return status >= 500
    ? 'Something went wrong here.'
    : `The request was refused: ${wordOf(status).replaceAll('_', ' ')}.`
}
