import { randomUUID } from 'node:crypto'
import { LogController, type FastifyHttpOptions, type RawServerDefault } from 'fastify'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { answerError } from './failures.ts'

const megabyte = 1024 * 1024

/** How often connections are looked at; Node's own 30 s would let a slow one live for three times the limit. */
const INSPECTION_INTERVAL = 1000

/** Milliseconds within which a client has to say what it wants, headers and body: it is cut within 15 s. */
const SLOWEST_REQUEST = 15_000 - INSPECTION_INTERVAL

/** What the HTTP server allows: bounded bodies and waiting times, ids of our own, nothing from the query in the log. */
export function serverOptions({ http, upstream }: Config, logger: Logger): FastifyHttpOptions<RawServerDefault> {
  return {
    loggerInstance: logger,
    logController: new QuietLogController({ requestIdLogLabel: 'requestId' }),
    genReqId: () => randomUUID(),
    trustProxy: http.trustProxy > 0 ? (_address, hop) => hop < http.trustProxy : false,
    bodyLimit: megabyte,
    requestTimeout: SLOWEST_REQUEST,
    // Silence on a connection includes the time we spend asking Sentry.
    connectionTimeout: SLOWEST_REQUEST + upstream.timeout,
    http: { headersTimeout: SLOWEST_REQUEST, connectionsCheckingInterval: INSPECTION_INTERVAL },
    return503OnClosing: true,
    frameworkErrors: (error, request, reply) => answerError(error, request, reply),
  }
}

/** Fastify would put the whole address of an unknown route into the log's text, its query included. */
class QuietLogController extends LogController {
  override routeNotFound(): void {}
}
