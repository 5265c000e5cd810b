import {
  createGraphContext,
  createOrganizationCount,
  type GatewayFacts,
  type GraphContext,
  type Viewer,
} from '@sentry-graph/schema'
import { type AccessTokens, createRateLimitLedger, type SentryApi } from '@sentry-graph/sentry-api'
import type { OpenedSession, UsableSession } from '@sentry-graph/session-store'
import type { FastifyRequest } from 'fastify'
import { rememberPerGrant } from './per-grant.ts'

export interface ContextParts {
  sentryApi: SentryApi
  accessTokensOf: (opened: UsableSession) => AccessTokens
  gateway: GatewayFacts
  /** Upstream calls that one operation may make. */
  budget: number
}

/** Makes the context of one operation: who asks, and a REST client that speaks with their access token alone. */
export function createContextReader({ sentryApi, accessTokensOf, gateway, budget }: ContextParts) {
  const rateLimitsOf = rememberPerGrant(createRateLimitLedger)
  const organizationCountOf = rememberPerGrant(createOrganizationCount)

  return async function readContext(request: FastifyRequest, signal: AbortSignal): Promise<GraphContext> {
    const shared = { gateway, correlationId: request.id, budget }
    const opened = await request.openSession()
    if (opened === null) {
      return createGraphContext({ ...shared, viewer: null, sentry: null, rateLimits: null, organizationCount: null })
    }

    const rateLimits = rateLimitsOf(opened.grant.id)
    const organizationCount = organizationCountOf(opened.grant.id)
    const accessTokens = accessTokensOf(opened)
    const sentry = sentryApi.createClient({ accessTokens, rateLimits, maxCalls: budget, signal })
    return createGraphContext({ ...shared, viewer: viewerOf(opened), sentry, rateLimits, organizationCount })
  }
}

function viewerOf({ user, session, grant }: OpenedSession): Viewer {
  const { id, sentryHost, sentryId, name, email, username, avatarUrl } = user
  return {
    user: { id, sentryHost, sentryId, name, email, username, avatarUrl },
    session: {
      id: session.id,
      kind: session.kind,
      name: session.name,
      createdAt: session.createdAt,
      lastUsedAt: session.lastUsedAt,
      expiresAt: session.expiresAt,
      tokenExpiresAt: grant.expiresAt,
      scopes: grant.scopes,
    },
  }
}
