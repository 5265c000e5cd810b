import type { OpenedSession, SessionStore, UsableSession } from '@sentry-graph/session-store'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { readBearer, readClientValue } from './client-value.ts'
import { readSessionUse } from './session-use.ts'

/** What a request has begun to look for. A WeakMap of requests would be gone through at each collection of garbage. */
const finding = Symbol('finding the session')

declare module 'fastify' {
  interface FastifyRequest {
    [finding]: Promise<UsableSession | null> | null
    /**
     * The session that the request's bearer opens, or else its cookie; or null. Reads the store at the first call only. Throws
     * StoreUnavailableError, which is not the same as being signed out.
     */
    openSession(): Promise<UsableSession | null>
    /** The same, read anew: null once it has ended since. That is no use of it, since nobody has asked for it. */
    reopenSession(): Promise<UsableSession | null>
    /** The same, also when it belongs to a Sentry that is not the configured one: to be ended, never to be used. */
    findEndableSession(): Promise<UsableSession | null>
  }
}

/** Whether somebody signed in at the Sentry of this host, and not at one that was configured before it. */
export function isOfSentry({ user }: Pick<OpenedSession, 'user'>, sentryHost: string): boolean {
  return user.sentryHost === sentryHost
}

/**
 * Lets every request open its session when, and only when, somebody asks. A session of another Sentry is none: its tokens
 * must not be sent to the one that is configured now. It opens again once its own is configured again.
 */
export const session = fp<{ store: SessionStore; sentryUrl: string; cookieName: string }>(
  async (app, { store, sentryUrl, cookieName }) => {
    const sentryHost = new URL(sentryUrl).host
    app.decorateRequest(finding, null)

    app.decorateRequest('openSession', async function (this: FastifyRequest) {
      return usable(await this.findEndableSession())
    })

    app.decorateRequest('reopenSession', async function (this: FastifyRequest) {
      const credential = readCredential(this, cookieName)
      const opened = credential && (await store.peekSession(credential.secret))
      return opened?.session.kind === credential?.kind ? usable(opened) : null
    })

    app.decorateRequest('findEndableSession', function (this: FastifyRequest) {
      this[finding] ??= find(this)
      return this[finding]
    })

    function usable(found: UsableSession | null): UsableSession | null {
      return found !== null && isOfSentry(found, sentryHost) ? found : null
    }

    async function find(request: FastifyRequest): Promise<UsableSession | null> {
      const credential = readCredential(request, cookieName)
      if (credential === null) return null
      const opened = await store.openSession(credential.secret, readSessionUse(request))
      if (opened?.session.kind !== credential.kind) return null
      if (opened.isNewAgent) {
        const { id: sessionId, userId } = opened.session
        request.log.warn({ event: 'session.new_agent', sessionId, userId }, 'a session is used from another user agent')
      }
      return opened
    }
  },
  { name: 'session', dependencies: ['cookies'] },
)

interface Credential {
  secret: string
  kind: OpenedSession['session']['kind']
}

/** A bearer, or else a cookie. Only a sealed cookie opens a browser's session, and only a bare value a client's. */
function readCredential({ headers, cookies, sessionCookie }: FastifyRequest, cookieName: string): Credential | null {
  const bearer = readBearer(headers.authorization)
  const sealed = bearer === null ? sessionCookie.get('secret') : undefined
  if (sealed !== undefined) return { secret: sealed, kind: 'browser' }
  const secret = readClientValue(bearer ?? cookies[cookieName])
  return secret === null ? null : { secret, kind: 'client' }
}
