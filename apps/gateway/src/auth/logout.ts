import type { SessionStore } from '@sentry-graph/session-store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { CrossSiteProof } from '../graphql/cross-site-proof.ts'
import { searchParametersOf } from './search-parameters.ts'

/**
 * POST /api/auth/logout: ends the session, with `?everywhere=1` all sessions of the person. Signed out already is signed
 * out as well. A page of another site cannot do it: the request has to prove that it was meant.
 */
export function createLogout(store: SessionStore, proof: CrossSiteProof) {
  return async function logout(request: FastifyRequest, reply: FastifyReply) {
    if (!proof.isMeant(request.headers)) return reply.code(403).send({ error: 'cross_site', message: proof.advice })
    const opened = await request.openSession()
    if (opened !== null) {
      const everywhere = searchParametersOf(request).get('everywhere') === '1'
      if (everywhere) await store.endAllSessions(opened.user.id)
      else await store.endSession(opened.session.id)
      request.log.info({ event: 'signed_out', userId: opened.user.id, everywhere }, 'signed out')
    }
    request.sessionCookie.delete()
    return reply.send({ message: 'Logged out successfully' })
  }
}
