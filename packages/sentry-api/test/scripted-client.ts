import { onTestFinished } from 'vitest'
import { createGrantTraffic } from '../src/grant-traffic.ts'
import type { ClientOptions } from '../src/operation-client.ts'
import type { RateLimitLedger } from '../src/rate-limit-ledger.ts'
import { createSentryApi, type SentryApi, type SentryApiOptions } from '../src/sentry-api.ts'
import type { AccessTokens, SentryClient } from '../src/sentry-client.ts'
import { type Answer, type ScriptedServer, startScriptedServer } from './scripted-server.ts'

export const fixedToken: AccessTokens = {
  current: () => Promise.resolve('first'),
  replace: () => Promise.reject(new Error('No other access token.')),
}

/** A scripted server until the test has finished. */
export async function serve(...answers: [Answer, ...Answer[]]): Promise<ScriptedServer> {
  const server = await startScriptedServer(...answers)
  onTestFinished(() => server.close())
  return server
}

/**
 * The API of a scripted server until the test has finished. Its time is against hanging: how fast an answer comes on a busy
 * machine proves nothing.
 */
export function apiOf(server: ScriptedServer, options: Partial<SentryApiOptions> = {}): SentryApi {
  const api = createSentryApi({ sentryUrl: server.url, timeout: 45_000, userAgent: 'test', ...options })
  onTestFinished(() => api.close())
  return api
}

/** A client of one operation. */
export function openClient(
  api: SentryApi,
  { traffic = createGrantTraffic(), accessTokens = fixedToken, maxCalls = 30, ...options }: Partial<ClientOptions> = {},
): SentryClient {
  return api.createClient({ traffic, accessTokens, maxCalls, ...options })
}

/** A client of a scripted server until the test has finished. */
export function clientOf(
  server: ScriptedServer,
  options: Partial<SentryApiOptions> = {},
  accessTokens = fixedToken,
  maxCalls = 30,
  signal?: AbortSignal,
): SentryClient & { rateLimits: RateLimitLedger } {
  const traffic = createGrantTraffic()
  const ending = signal ? { signal } : {}
  const client = openClient(apiOf(server, options), { traffic, accessTokens, maxCalls, ...ending })
  return Object.assign(client, { rateLimits: traffic.rateLimits })
}
