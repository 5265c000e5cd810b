import { StoreUnavailableError, type SessionStore } from '@sentry-graph/session-store'
import type { FastifyInstance } from 'fastify'

/** Probes: /healthz says the process answers, /readyz that it can serve, which needs the store. */
export async function health(app: FastifyInstance, { store }: { store: SessionStore }) {
  const quiet = { logLevel: 'warn' as const, config: { isAlwaysAnswered: true } }

  app.get('/healthz', quiet, async () => ({ status: 'ok' }))

  app.get('/readyz', quiet, async (request, reply) => {
    try {
      await store.ping()
      return { status: 'ready' }
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error
      request.log.warn({ event: 'store.unavailable', err: error }, 'not ready')
      return reply.code(503).send({ status: 'store_unavailable' })
    }
  })
}
