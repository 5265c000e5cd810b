import type { GrantTraffics } from '@sentry-graph/sentry-api'
import type { SessionStore } from '@sentry-graph/session-store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { readCookieValues } from '../session/believable-cookies.ts'
import { readBearer } from '../session/client-value.ts'
import { cookieNames } from '../session/cookies.ts'
import { searchParametersOf } from './search-parameters.ts'

export interface LogoutParts {
  config: Config
  store: SessionStore
  traffics: GrantTraffics
}

const ADVICE =
  'Signing out must prove that it was meant: add the header graphql-require-preflight: 1, or send it from a page of ours'

/**
 * POST /api/auth/logout: ends the session, with `?everywhere=1` all sessions of the person. Signed out already is signed
 * out as well. A page of another site cannot do it: the request has to prove that it was meant, with or without the cookie,
 * for the answer alone would delete the cookie in the browser that shows it. Sentry is told afterwards
 * (revocations.ts), and not waited for.
 */
export function createLogout({ config, store, traffics }: LogoutParts) {
  const { publicUrl, allowedOrigins } = config.http
  const cookieName = cookieNames(publicUrl).session
  const ownOrigins = [publicUrl, ...allowedOrigins]

  return async function logout(request: FastifyRequest, reply: FastifyReply) {
    if (!isMeant(request, ownOrigins)) return reply.code(403).send({ error: 'cross_site', message: ADVICE })
    const opened = await request.findEndableSession()
    if (opened !== null) {
      const everywhere = searchParametersOf(request).get('everywhere') === '1'
      if (everywhere && opened.session.kind !== 'browser') return refuseClient(reply)
      if (everywhere) await store.endAllSessions(opened.user.id)
      else await store.endSession(opened.session.id)
      traffics.end(opened.grant.id)
      request.log.info({ event: 'signed_out', userId: opened.user.id, everywhere }, 'signed out')
    }
    const isCookies = readBearer(request.headers.authorization) === null
    if (isCookies && readCookieValues(request.headers.cookie, cookieName).length > 0) request.sessionCookie.delete()
    return reply.send({ message: 'Logged out successfully' })
  }
}

/** A client session reaches no further than itself. */
function refuseClient(reply: FastifyReply) {
  return reply.code(403).send({ error: 'browser_session_required', message: 'Only a browser signs out everywhere.' })
}

/**
 * A browser names the origin of the page with every POST; a program that names none has to send the header. No page can
 * make a browser send a bearer.
 */
function isMeant({ headers }: FastifyRequest, ownOrigins: readonly string[]): boolean {
  if (readBearer(headers.authorization) !== null) return true
  if (headers.origin !== undefined) return ownOrigins.includes(headers.origin)
  return headers['graphql-require-preflight'] !== undefined
}
