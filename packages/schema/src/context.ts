import { type Deprecation, narrowClient, type RateLimitLedger, type SentryClient } from '@sentry-graph/sentry-api'
import type { Explanation } from './explanation.ts'
import { GraphError } from './graph-error.ts'
import type { IssueFeeds } from './live/issue-feeds.ts'
import { createLoaders, type Loaders } from './loaders.ts'
import type { OrganizationCount } from './organization-count.ts'
import type { SessionActions, SessionFacts } from './session-actions.ts'

/** The signed-in person and the session they ask with. */
export interface Viewer {
  user: {
    id: string
    sentryHost: string
    sentryId: string
    name: string | null
    email: string | null
    username: string | null
    avatarUrl: string | null
  }
  session: SessionFacts
}

export interface GatewayFacts {
  version: string
  sentryUrl: string
  isSelfHosted: boolean
  isSandbox: boolean
  requestedScopes: string[]
  /** The endpoints whose end Sentry has announced since the start, to whomever. */
  deprecations: () => readonly Deprecation[]
}

/** What subscriptions need, which outlive the time of an operation. */
export interface LiveAccess {
  feeds: IssueFeeds
  /** Equal for sessions that see the same with the same sign-in. */
  viewer: string
  /** Another client of this session, while it lives. @throws AuthenticationEndedError once it does not. */
  openClient: () => Promise<SentryClient>
  /** Aborts when the caller has gone. */
  gone: AbortSignal
}

export interface GraphContextInput {
  /** Null when signed out. */
  viewer: Viewer | null
  /** A client of this one operation; null when signed out. */
  sentry: SentryClient | null
  rateLimits: RateLimitLedger | null
  /** Of the viewer; null when signed out. */
  organizationCount: OrganizationCount | null
  /** Where the caller wants to know what is asked of Sentry, and why; else null. */
  explanation: Explanation | null
  /** What the viewer may do to their sessions; null when signed out. */
  sessions: SessionActions | null
  /** Null when signed out. */
  live: LiveAccess | null
  gateway: GatewayFacts
  correlationId: string
  /** The most upstream calls this operation may make. */
  budget: number
}

/** What resolvers see: one per operation, because loaders remember what they loaded. */
export interface GraphContext extends GraphContextInput {
  loaders: Loaders | null
}

export function createGraphContext(input: GraphContextInput): GraphContext {
  const organizations = input.viewer?.session.organizations ?? null
  const sentry = input.sentry && narrow(input.sentry, organizations)
  const live = input.live && narrowLive(input.live, organizations)
  return { ...input, sentry, live, loaders: sentry && createLoaders(sentry) }
}

/** Beneath every resolver, so that none can forget it. */
function narrow(sentry: SentryClient, organizations: readonly string[] | null): SentryClient {
  return organizations === null ? sentry : narrowClient(sentry, organizations)
}

function narrowLive({ openClient, ...live }: LiveAccess, organizations: readonly string[] | null): LiveAccess {
  return { ...live, openClient: async () => narrow(await openClient(), organizations) }
}

/** Goes on with another client, and as if nothing had been asked yet. Only where one thing happens after the other. */
export function renewClient(context: GraphContext, sentry: SentryClient): void {
  Object.assign(context, { sentry, loaders: createLoaders(sentry) })
}

export interface SignedInContext extends GraphContext {
  viewer: Viewer
  sentry: SentryClient
  loaders: Loaders
}

/** The same context once there is somebody to answer. @throws GraphError `UNAUTHENTICATED` when signed out. */
export function requireSignedIn(context: GraphContext): SignedInContext {
  if (!isSignedIn(context)) throw new GraphError('UNAUTHENTICATED', 'Sign in to ask this.')
  return context
}

function isSignedIn(context: GraphContext): context is SignedInContext {
  return context.viewer !== null && context.sentry !== null && context.loaders !== null
}

/** The same once there is somebody, with what they may do to their sessions. @throws GraphError `UNAUTHENTICATED` when signed out. */
export function requireSessions(context: GraphContext): SignedInContext & { sessions: SessionActions } {
  const signedIn = requireSignedIn(context)
  if (!context.sessions) throw new GraphError('UNAUTHENTICATED', 'Sign in to ask this.')
  return { ...signedIn, sessions: context.sessions }
}
