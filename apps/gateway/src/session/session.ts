import type { OpenedSession, SessionStore } from '@sentry-graph/session-store'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * The session that the request's cookie opens, or null. Reads the store at the first call only. Throws
     * StoreUnavailableError, which is not the same as being signed out.
     */
    openSession(): Promise<OpenedSession | null>
  }
}

/** Lets every request open its session when, and only when, somebody asks. */
export const session = fp<{ store: SessionStore }>(
  async (app, { store }) => {
    const opening = new WeakMap<FastifyRequest, Promise<OpenedSession | null>>()

    app.decorateRequest('openSession', function (this: FastifyRequest) {
      const begun = opening.get(this) ?? open(this)
      opening.set(this, begun)
      return begun
    })

    async function open(request: FastifyRequest): Promise<OpenedSession | null> {
      const secret = request.sessionCookie.get('secret')
      return secret === undefined ? null : store.openSession(secret)
    }
  },
  { name: 'session', dependencies: ['cookies'] },
)
