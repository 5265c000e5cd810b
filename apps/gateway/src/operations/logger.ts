import { pino, type DestinationStream, type Logger } from 'pino'
import type { Config } from '../config.ts'
import { scrub } from './scrub.ts'

interface RequestLike {
  method: string
  url: string
  ip?: string
}

interface ReplyLike {
  statusCode: number
}

/**
 * One line of JSON per event. Of a request it tells method, path and address: never query, headers, cookies or body. Of an
 * error, type, code and a scrubbed text, down the chain of causes.
 */
export function createLogger({ logLevel }: Pick<Config, 'logLevel'>, destination?: DestinationStream): Logger {
  const options = {
    level: logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }) },
    serializers: { req: describeRequest, res: describeReply, err: describeError },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}

function describeRequest({ method, url, ip }: RequestLike) {
  return { method, path: scrub(url.split('?', 1)[0] ?? ''), ip }
}

function describeReply({ statusCode }: ReplyLike) {
  return { statusCode }
}

interface ErrorDescription {
  type: string
  code?: unknown
  status?: unknown
  message: string
  stack?: string
  cause?: ErrorDescription
}

function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error' }
  const { code, status, oauthError } = error as { code?: unknown; status?: unknown; oauthError?: unknown }
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { status }),
    ...(oauthError === undefined ? {} : { oauthError }),
    message: scrub(error.message),
    ...(depth === 0 && error.stack !== undefined ? { stack: scrub(error.stack) } : {}),
    ...(error.cause === undefined || depth > 4 ? {} : { cause: describeError(error.cause, depth + 1) }),
  }
}
