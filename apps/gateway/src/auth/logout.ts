import type { SentryOAuth } from '@sentry-graph/sentry-oauth'
import { SealedValueError, type Grant, type OpenedSession, type SessionStore } from '@sentry-graph/session-store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { readCookieValues } from '../session/believable-cookies.ts'
import { cookieNames } from '../session/cookies.ts'
import { isOfSentry } from '../session/session.ts'
import { createRevocation, type Revoke } from './revocation.ts'
import { searchParametersOf } from './search-parameters.ts'

interface LogoutParts {
  config: Config
  store: SessionStore
  oauth: SentryOAuth
  sentryUrl: string
}

const ADVICE =
  'Signing out must prove that it was meant: add the header graphql-require-preflight: 1, or send it from a page of ours'

/**
 * POST /api/auth/logout: ends the session, with `?everywhere=1` all sessions of the person. Signed out already is signed
 * out as well. A page of another site cannot do it: the request has to prove that it was meant, with or without the cookie,
 * for the answer alone would delete the cookie in the browser that shows it. Sentry is told afterwards, and not waited for.
 */
export function createLogout({ config, store, oauth, sentryUrl }: LogoutParts) {
  const { publicUrl, allowedOrigins } = config.http
  const cookieName = cookieNames(publicUrl).session
  const ownOrigins = [publicUrl, ...allowedOrigins]

  return async function logout(request: FastifyRequest, reply: FastifyReply) {
    if (!isMeant(request, ownOrigins)) return reply.code(403).send({ error: 'cross_site', message: ADVICE })
    const opened = await request.findEndableSession()
    if (opened !== null) {
      const everywhere = searchParametersOf(request).get('everywhere') === '1'
      const used = isOfSentry(opened, sentryUrl) ? await findGrants(store, opened, everywhere) : []
      if (everywhere) await store.endAllSessions(opened.user.id)
      else await store.endSession(opened.session.id)
      request.log.info({ event: 'signed_out', userId: opened.user.id, everywhere }, 'signed out')
      void revokeEnded(used, store, createRevocation({ oauth, log: request.log }), request)
    }
    if (readCookieValues(request.headers.cookie, cookieName).length > 0) request.sessionCookie.delete()
    return reply.send({ message: 'Logged out successfully' })
  }
}

/** The grants of the sessions that are about to end. */
async function findGrants(
  store: SessionStore,
  { session, user }: OpenedSession,
  everywhere: boolean,
): Promise<Grant[]> {
  const sessions = everywhere ? await store.listSessions(user.id) : [session]
  const ids = new Set(sessions.map(({ grantId }) => grantId))
  const grants = await Promise.all([...ids].map((id) => findReadableGrant(store, id)))
  return grants.filter((grant) => grant !== null)
}

/** Tokens that do not open can be revoked by nobody, and keep nobody from signing out. */
async function findReadableGrant(store: SessionStore, grantId: string): Promise<Grant | null> {
  try {
    return await store.findGrant(grantId)
  } catch (error) {
    if (error instanceof SealedValueError) return null
    throw error
  }
}

/** A grant that another session goes on using has not ended. */
async function revokeEnded(used: Grant[], store: SessionStore, revoke: Revoke, { log }: FastifyRequest) {
  try {
    for (const { id, tokens } of used) if ((await store.findGrant(id)) === null) await revoke(tokens)
  } catch (error) {
    log.warn({ event: 'tokens.not_revoked', err: error }, 'Sentry was not told that tokens are out of use')
  }
}

/** A browser names the origin of the page with every POST; a program that names none has to send the header. */
function isMeant({ headers }: FastifyRequest, ownOrigins: readonly string[]): boolean {
  if (headers.origin !== undefined) return ownOrigins.includes(headers.origin)
  return headers['graphql-require-preflight'] !== undefined
}
