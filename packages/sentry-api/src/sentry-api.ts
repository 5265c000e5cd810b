import { type ClientOptions, createOperationClient } from './operation-client.ts'
import { createRequester } from './request.ts'
import type { SentryClient } from './sentry-client.ts'
import { createTrustedOrigins } from './trusted-origins.ts'

export interface SentryApiOptions {
  /** The configured Sentry; on sentry.io the control host. */
  sentryUrl: string
  /** Further origins that may serve regions. `https://*.sentry.io` need not be listed for sentry.io. */
  allowedOrigins?: readonly string[]
  /** Milliseconds for all calls of one operation, their retries and bodies included. */
  timeout: number
  userAgent: string
  /** The most bytes of one answer, decompressed. 20 MiB by default. */
  maxResponseBytes?: number
}

/** Sentry's REST API. One per process: it owns the connections. */
export interface SentryApi {
  /** A client for one operation of one person. */
  createClient(options: ClientOptions): SentryClient
  /** Resolves once the calls under way have ended. */
  close(): Promise<void>
}

const DEFAULT_MAX_RESPONSE_BYTES = 20 * 1024 * 1024

export function createSentryApi(options: SentryApiOptions): SentryApi {
  const { userAgent, timeout, maxResponseBytes = DEFAULT_MAX_RESPONSE_BYTES } = options
  const requester = createRequester({ userAgent, maxResponseBytes })
  const origins = createTrustedOrigins(options.sentryUrl, options.allowedOrigins)
  return {
    createClient: (clientOptions) => createOperationClient({ requester, origins, timeout }, clientOptions),
    close: () => requester.close(),
  }
}
