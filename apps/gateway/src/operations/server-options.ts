import { randomUUID } from 'node:crypto'
import {
  LogController,
  type FastifyHttpOptions,
  type FastifyReply,
  type FastifyRequest,
  type RawServerDefault,
} from 'fastify'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { clientPatience, type ClientPatience } from './client-patience.ts'
import { bodyShapes } from './body-shape.ts'
import { answerError } from './failures.ts'
import { readRequestTarget } from './request-target.ts'
import { bareSecurityHeaders } from './security-headers.ts'

const megabyte = 1024 * 1024

/** What the HTTP server allows: bounded bodies and waiting times, ids of our own, nothing from the query in the log. */
export function serverOptions(
  config: Config,
  logger: Logger,
  patience: ClientPatience = clientPatience(config),
): FastifyHttpOptions<RawServerDefault> {
  const { http } = config
  return {
    loggerInstance: logger,
    logController: new QuietLogController({ requestIdLogLabel: 'requestId' }),
    genReqId: () => randomUUID(),
    trustProxy: http.trustProxy > 0 ? (_address, hop) => hop < http.trustProxy : false,
    schemaController: bodyShapes,
    bodyLimit: megabyte,
    requestTimeout: patience.request,
    connectionTimeout: patience.silence,
    http: { headersTimeout: patience.request, connectionsCheckingInterval: patience.inspectionInterval },
    rewriteUrl: (request) => readRequestTarget(request, http.publicUrl),
    return503OnClosing: true,
    frameworkErrors: (error, request, reply) => answerError(error, request, reply.headers(bareSecurityHeaders(config))),
  }
}

/**
 * One line per request, when it is done. Of an unknown route Fastify would put the whole address into the text, its query
 * included.
 */
class QuietLogController extends LogController {
  override incomingRequest(): void {}

  override requestCompleted(error: Error | null, request: FastifyRequest, reply: FastifyReply): void {
    const facts = { req: request, res: reply, responseTime: reply.elapsedTime }
    if (error) request.log.error({ ...facts, err: error }, 'request failed')
    else request.log.info(facts, 'request completed')
  }

  override routeNotFound(): void {}
}
