import type { Readable } from 'node:stream'
import type { GraphContext } from '@sentry-graph/schema'
import { StoreUnavailableError } from '@sentry-graph/session-store'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { logFailure, statusOf, wordOf } from '../operations/failures.ts'
import { OverloadedError } from '../operations/overload.ts'
import { chooseMediaType, isAnswerable } from './accepted-media-types.ts'
import { isStreamed, readableOf, type StreamedResponse } from './answer-stream.ts'
import type { CrossSiteProof } from './cross-site-proof.ts'
import type { PlainAnswer } from './direct-path.ts'
import type { Endpoint } from './endpoint.ts'
import { readPlainOperation } from './plain-operation.ts'
import { MalformedRequestError, readJson, readSearch } from './request-parameters.ts'

export interface GraphqlParts {
  endpoint: Endpoint
  readContext: (request: FastifyRequest, signal: AbortSignal) => Promise<GraphContext>
  proof: CrossSiteProof
}

/** POST and GET /graphql. Whatever goes wrong, the answer has the shape of a GraphQL response. */
export async function graphqlRoute(app: FastifyInstance, { endpoint, readContext, proof }: GraphqlParts) {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  const streams = new Set<Readable>()
  // A stream may never end by itself, and would keep the server from closing.
  app.addHook('preClose', async () => streams.forEach((stream) => stream.destroy()))

  app.setErrorHandler<Error>((error, request, reply) => {
    if (reply.raw.destroyed) return abandon(request, reply)
    const status = statusOf(error)
    logFailure(error, request)
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
      const posted = readBody(request)
      const mediaType = chooseMediaType(request.headers.accept)
      const operation = posted && hasBareAddress(request) ? readPlainOperation(posted.json) : null
      if (operation === null || mediaType === null) {
        const response = await endpoint.answer(endpointRequestOf(request, posted, signal), context)
        return isStreamed(response) ? sendStream(reply, response, streams) : sendResponse(reply, response)
      }
      return sendPlainAnswer(reply, await endpoint.answerDirectly(operation, { mediaType, signal }, context))
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

/** The body of a POST, read once. @throws MalformedRequestError */
function readBody({ method, body }: FastifyRequest): PostedBody | null {
  if (method !== 'POST') return null
  const text = typeof body === 'string' ? body : ''
  return { text, json: readJson(text) }
}

interface PostedBody {
  text: string
  json: unknown
}

function hasBareAddress({ originalUrl }: FastifyRequest): boolean {
  return !originalUrl.includes('?')
}

function endpointRequestOf(request: FastifyRequest, posted: PostedBody | null, signal: AbortSignal) {
  const { accept } = request.headers
  return {
    method: request.method,
    url: `/graphql${readSearch(new URL(request.originalUrl, 'http://graphql.invalid').search)}`,
    headers: {
      ...(accept === undefined ? {} : { accept }),
      // Nothing else gets past the parser above, in whatever spelling.
      ...(posted === null ? {} : { 'content-type': 'application/json' }),
    },
    body: posted && posted.text,
    signal,
  }
}

function sendPlainAnswer(reply: FastifyReply, { status, headers, body }: PlainAnswer) {
  return reply.code(status).headers(headers).send(body)
}

async function sendResponse(reply: FastifyReply, response: Response) {
  const { status, headers } = response
  return reply
    .code(status)
    .headers(Object.fromEntries(headers))
    .send(await response.text())
}

/** Parts go out as they come. When the caller leaves, Fastify destroys the stream, and that ends its source. */
function sendStream(reply: FastifyReply, { status, headers, body }: StreamedResponse, streams: Set<Readable>) {
  const stream = readableOf(body)
  streams.add(stream)
  stream.once('close', () => streams.delete(stream))
  reply.code(status).headers(Object.fromEntries(headers))
  // Proxies would keep the parts until there are enough of them.
  reply.header('x-accel-buffering', 'no')
  // Yoga says something weaker.
  return reply.header('cache-control', 'no-store').send(stream)
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
  if (error instanceof OverloadedError) return error.message
  if (error instanceof StoreUnavailableError) return 'The session store is not available. Try again in a moment.'
  return status >= 500
    ? 'Something went wrong here.'
    : `The request was refused: ${wordOf(status).replaceAll('_', ' ')}.`
}
