import {
  AuthenticationEndedError,
  createGraphContext,
  createOrganizationCount,
  type GatewayFacts,
  type GraphContext,
  type IssueFeeds,
  type LiveAccess,
  type SessionActions,
  type Viewer,
} from '@sentry-graph/schema'
import {
  type AccessTokens,
  createRateLimitLedger,
  type GrantTraffic,
  type GrantTraffics,
  type SentryApi,
} from '@sentry-graph/sentry-api'
import type { OpenedSession, UsableSession } from '@sentry-graph/session-store'
import type { FastifyRequest } from 'fastify'
import { describeSession } from '../session/session-actions.ts'
import { readExplanation } from './explain-header.ts'
import { rememberPerGrant } from './per-grant.ts'

export interface ContextParts {
  sentryApi: SentryApi
  traffics: GrantTraffics
  accessTokensOf: (opened: UsableSession) => AccessTokens
  sessionActionsOf: (request: FastifyRequest, opened: OpenedSession) => SessionActions
  issueFeeds: IssueFeeds
  gateway: GatewayFacts
  /** Upstream calls that one operation may make. */
  budget: number
}

/** Makes the context of one operation: who asks, and a REST client that speaks with their access token alone. */
export function createContextReader(parts: ContextParts) {
  const { sentryApi, traffics, accessTokensOf, sessionActionsOf, issueFeeds, gateway, budget } = parts
  const organizationCountOf = rememberPerGrant(createOrganizationCount)
  const narrowedLimitsOf = rememberPerGrant(createRateLimitLedger)

  return async function readContext(request: FastifyRequest, signal: AbortSignal): Promise<GraphContext> {
    const explanation = readExplanation(request.headers)
    const shared = { gateway, correlationId: request.id, budget, explanation }
    const opened = await request.openSession()
    if (opened === null) {
      const nothing = {
        viewer: null,
        sentry: null,
        rateLimits: null,
        organizationCount: null,
        sessions: null,
        live: null,
      }
      return createGraphContext({ ...shared, ...nothing })
    }

    request.countFor(opened.user.id)
    const { session, grant } = opened
    const traffic = trafficOf(opened)
    const { rateLimits } = traffic
    // A narrowed session counts fewer of them than others of its grant.
    const organizationCount = organizationCountOf(session.organizations === null ? grant.id : session.id)
    const accessTokens = accessTokensOf(opened)
    const fresh = wantsFreshAnswers(request)
    const observed = explanation && { observe: explanation.observe }
    const sentry = sentryApi.createClient({ accessTokens, traffic, maxCalls: budget, signal, fresh, ...observed })
    const sessions = sessionActionsOf(request, opened)
    const viewer = viewerOf(opened)
    const live = liveAccessOf(request, opened, signal)
    return createGraphContext({ ...shared, viewer, sentry, rateLimits, organizationCount, sessions, live })
  }

  /** What Sentry says of its limits tells where it was asked, which is no business of a narrowed session’s. */
  function trafficOf({ grant, session }: UsableSession): GrantTraffic {
    const traffic = traffics.of(grant.id)
    return session.organizations === null ? traffic : { ...traffic, rateLimits: narrowedLimitsOf(session.id) }
  }

  /** A subscription lives longer than what an operation is given: each look asks for the session anew. */
  function liveAccessOf(request: FastifyRequest, { grant, session }: UsableSession, gone: AbortSignal): LiveAccess {
    return {
      feeds: issueFeeds,
      gone,
      viewer: JSON.stringify([grant.id, session.organizations]),
      async openClient() {
        const opened = await request.reopenSession()
        if (opened?.grant.id !== grant.id) throw new AuthenticationEndedError('session_ended')
        const accessTokens = accessTokensOf(opened)
        return sentryApi.createClient({ accessTokens, traffic: trafficOf(opened), maxCalls: budget, fresh: true })
      },
    }
  }
}

/** `Cache-Control: no-cache` (RFC 9111, section 5.2.1.4), as browsers send when a page is loaded anew by force. */
function wantsFreshAnswers({ headers }: FastifyRequest): boolean {
  return headers['cache-control']?.toLowerCase().includes('no-cache') ?? false
}

function viewerOf(opened: OpenedSession): Viewer {
  const { id, sentryHost, sentryId, name, email, username, avatarUrl } = opened.user
  return {
    user: { id, sentryHost, sentryId, name, email, username, avatarUrl },
    session: describeSession(opened),
  }
}
