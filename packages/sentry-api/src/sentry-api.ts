import { createDeprecationRadar, type Deprecation } from './deprecations.ts'
import { type ClientOptions, createOperationClient } from './operation-client.ts'
import { createOriginGuards } from './origin-guard.ts'
import { createRequester } from './request.ts'
import type { SentryClient } from './sentry-client.ts'
import { createTrustedOrigins } from './trusted-origins.ts'

export interface SentryApiOptions {
  /** The configured Sentry; on sentry.io the control host. */
  sentryUrl: string
  /** Further origins that may serve regions. `https://*.sentry.io` need not be listed for sentry.io. */
  allowedOrigins?: readonly string[]
  /** Milliseconds for all calls of one operation, their repeated attempts and bodies included. */
  timeout: number
  userAgent: string
  /** The most bytes of one answer, decompressed. 20 MiB by default. */
  maxResponseBytes?: number
  /** Is told once of each endpoint that Sentry announces the end of. */
  onDeprecation?: (deprecation: Deprecation) => void
  /**
   * Milliseconds of a clock that never goes back, by which hosts are taken for dead and repeated attempts are earned. The
   * process’s own unless given.
   */
  now?: () => number
}

/** Sentry's REST API. One per process: it owns the connections, and knows which hosts are in trouble. */
export interface SentryApi {
  /** A client for one operation of one person. */
  createClient(options: ClientOptions): SentryClient
  /** The endpoints whose end Sentry has announced since the start. */
  deprecations(): Deprecation[]
  /** Resolves once the calls under way have ended. */
  close(): Promise<void>
}

const DEFAULT_MAX_RESPONSE_BYTES = 20 * 1024 * 1024

export function createSentryApi(options: SentryApiOptions): SentryApi {
  const { userAgent, timeout, maxResponseBytes = DEFAULT_MAX_RESPONSE_BYTES } = options
  const { onDeprecation = () => undefined, now = () => performance.now() } = options
  const requester = createRequester({ userAgent, maxResponseBytes })
  const deprecations = createDeprecationRadar(onDeprecation)
  const environment = {
    requester,
    deprecations,
    timeout,
    origins: createTrustedOrigins(options.sentryUrl, options.allowedOrigins),
    guardOf: createOriginGuards(timeout / 2, now),
  }
  return {
    createClient: (clientOptions) => createOperationClient(environment, clientOptions),
    deprecations: () => deprecations.list(),
    close: () => requester.close(),
  }
}
