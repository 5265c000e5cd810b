import { join } from 'node:path'
import { createIssueFeeds } from '@sentry-graph/schema'
import { createGrantTraffics } from '@sentry-graph/sentry-api'
import fastify, { type FastifyInstance } from 'fastify'
import { createAccessTokens } from './auth/access-token.ts'
import { createRevocation } from './auth/revocation.ts'
import { createRevocations } from './auth/revocations.ts'
import { authRoutes } from './auth/routes.ts'
import type { Config } from './config.ts'
import { VERSION, type Dependencies } from './dependencies.ts'
import { createContextReader } from './graphql/context.ts'
import { createCrossSiteProof } from './graphql/cross-site-proof.ts'
import { createEndpoint } from './graphql/endpoint.ts'
import { graphqlRoute } from './graphql/route.ts'
import { createSessionActions } from './session/session-actions.ts'
import { crossOriginAccess } from './operations/cross-origin-access.ts'
import { answerError } from './operations/failures.ts'
import { health } from './operations/health.ts'
import { parting } from './operations/parting.ts'
import { overload } from './operations/overload.ts'
import { pages } from './operations/pages.ts'
import { securityHeaders } from './operations/security-headers.ts'
import { serverOptions } from './operations/server-options.ts'
import { cookieNames, cookies } from './session/cookies.ts'
import { session } from './session/session.ts'

const dashboardRoot = join(import.meta.dirname, '../../dashboard/dist')

/** The whole gateway, ready to listen. Closing it closes none of its dependencies. */
export async function buildApp(config: Config, dependencies: Dependencies): Promise<FastifyInstance> {
  const { oauth, sentryApi, sentryUrl, clock, logger } = dependencies
  const { http, graphql } = config
  const app: FastifyInstance = fastify(serverOptions(config, logger))
  const cookieName = cookieNames(http.publicUrl).session
  const proof = createCrossSiteProof(cookieName, [http.publicUrl, ...http.allowedOrigins])
  const gateway = {
    version: VERSION,
    sentryUrl,
    isSelfHosted: sentryUrl !== 'https://sentry.io' && config.sentry.kind === 'sentry',
    isSandbox: config.sentry.kind === 'sandbox',
    requestedScopes: config.signIn.scopes,
    deprecations: () => sentryApi.deprecations(),
  }
  const traffics = createGrantTraffics()
  const revocations = createRevocations(dependencies)
  const store = revocations.watch(dependencies.store)
  const revoke = createRevocation({ ...dependencies, store })
  const accessTokensOf = createAccessTokens({ ...dependencies, store, revoke })
  const sessionActionsOf = createSessionActions({ store, cookieName, clock, traffics })
  const { budget } = config.upstream
  const issueFeeds = createIssueFeeds(dependencies.feedTiming)
  const readContext = createContextReader({
    sentryApi,
    traffics,
    accessTokensOf,
    sessionActionsOf,
    issueFeeds,
    gateway,
    budget,
  })

  app.setErrorHandler(answerError)
  // Else an open subscription would keep the server from closing.
  app.addHook('preClose', async () => issueFeeds.close())
  app.addHook('onReady', async () => revocations.start())
  app.addHook('onClose', () => revocations.close())
  await app.register(parting)
  await app.register(securityHeaders, config)
  await app.register(crossOriginAccess, http)
  await app.register(health, { store })
  await app.register(overload)
  await app.register(cookies, config)
  await app.register(session, { store, sentryUrl, cookieName })
  await app.register(authRoutes, {
    prefix: '/api/auth',
    config,
    oauth,
    revoke,
    sentryApi,
    sentryUrl,
    store,
    clock,
    traffics,
  })
  await app.register(graphqlRoute, { endpoint: createEndpoint(config), readContext, proof })
  await app.register(pages, { root: dashboardRoot, graphiql: graphql.graphiql })
  return app
}
