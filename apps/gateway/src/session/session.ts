import type { OpenedSession, SessionStore, UsableSession } from '@sentry-graph/session-store'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { readSessionUse } from './session-use.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * The session that the request's cookie opens, or null. Reads the store at the first call only. Throws
     * StoreUnavailableError, which is not the same as being signed out.
     */
    openSession(): Promise<UsableSession | null>
    /** The same, also when it belongs to a Sentry that is not the configured one: to be ended, never to be used. */
    findEndableSession(): Promise<UsableSession | null>
  }
}

/** Whether somebody signed in at the Sentry of this URL, and not at one that was configured before it. */
export function isOfSentry({ user }: Pick<OpenedSession, 'user'>, sentryUrl: string): boolean {
  return user.sentryHost === new URL(sentryUrl).host
}

/**
 * Lets every request open its session when, and only when, somebody asks. A session of another Sentry is none: its tokens
 * must not be sent to the one that is configured now. It opens again once its own is configured again.
 */
export const session = fp<{ store: SessionStore; sentryUrl: string }>(
  async (app, { store, sentryUrl }) => {
    const finding = new WeakMap<FastifyRequest, Promise<UsableSession | null>>()

    app.decorateRequest('openSession', async function (this: FastifyRequest) {
      const found = await this.findEndableSession()
      return found !== null && isOfSentry(found, sentryUrl) ? found : null
    })

    app.decorateRequest('findEndableSession', function (this: FastifyRequest) {
      const begun = finding.get(this) ?? find(this)
      finding.set(this, begun)
      return begun
    })

    async function find(request: FastifyRequest): Promise<UsableSession | null> {
      const secret = request.sessionCookie.get('secret')
      if (secret === undefined) return null
      const opened = await store.openSession(secret, readSessionUse(request))
      if (opened?.isNewAgent) {
        const { id: sessionId, userId } = opened.session
        request.log.warn({ event: 'session.new_agent', sessionId, userId }, 'a session is used from another user agent')
      }
      return opened
    }
  },
  { name: 'session', dependencies: ['cookies'] },
)
