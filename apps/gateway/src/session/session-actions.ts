import type { SessionActions, SessionFacts } from '@sentry-graph/schema'
import type { GrantTraffics } from '@sentry-graph/sentry-api'
import type { ListedSession, OpenedSession, SessionStore } from '@sentry-graph/session-store'
import type { FastifyRequest } from 'fastify'
import { readBearer, writeClientValue } from './client-value.ts'

export interface SessionActionParts {
  store: SessionStore
  cookieName: string
  clock: () => Date
  traffics: GrantTraffics
}

/** Lets an operation do to the sessions of its viewer what the graph allows; a browser whose own has ended forgets it. */
export function createSessionActions({ store, cookieName, clock, traffics }: SessionActionParts) {
  return (request: FastifyRequest, opened: OpenedSession): SessionActions => {
    const { user, session, grant } = opened
    const { log } = request
    return {
      cookieName,
      async list() {
        const listed = await store.listSessions(user.id)
        return listed.map(describeSession)
      },
      async createClientSession({ name, lifetime, readOnly, organizations }) {
        const expiresAt = new Date(clock().getTime() + lifetime * 1000)
        const wish = { name, expiresAt, readOnly, organizations: organizations && [...organizations] }
        const made = await store.createClientSession({ userId: user.id, sessionId: session.id, ...wish })
        if (made === null) return null
        log.info({ event: 'client_session.created', userId: user.id, sessionId: made.session.id }, 'client connected')
        return { session: describeSession({ session: made.session, grant }), value: writeClientValue(made.secret) }
      },
      async revoke(sessionId) {
        const isRevoked = await store.revokeSession(user.id, sessionId)
        if (isRevoked) log.info({ event: 'session.revoked', userId: user.id, sessionId }, 'session revoked')
        if (isRevoked && sessionId === session.id) forgetCookie(request)
        return isRevoked
      },
      async signOut(everywhere) {
        if (everywhere) await store.endAllSessions(user.id)
        else await store.endSession(session.id)
        traffics.end(grant.id)
        log.info({ event: 'signed_out', userId: user.id, everywhere }, 'signed out')
        forgetCookie(request)
      },
    }
  }
}

/** A bearer's request leaves the cookies of a browser alone, which it has not looked at either. */
function forgetCookie({ headers, sessionCookie }: FastifyRequest): void {
  if (readBearer(headers.authorization) === null) sessionCookie.delete()
}

/** A session field by field, so that nothing else of the record can slip out. */
export function describeSession({ session, grant }: ListedSession): SessionFacts {
  return {
    id: session.id,
    kind: session.kind,
    name: session.name,
    createdAt: session.createdAt,
    lastUsedAt: session.lastUsedAt,
    expiresAt: session.expiresAt,
    userAgent: session.userAgent,
    addressFamily: session.addressFamily,
    newAgent: session.newAgent,
    readOnly: session.readOnly,
    organizations: session.organizations,
    tokenExpiresAt: grant.expiresAt,
    scopes: grant.scopes,
    boundOrganization: grant.organizationId,
  }
}
