/** A session as its owner may see it. */
export interface SessionFacts {
  id: string
  kind: 'browser' | 'client'
  name: string | null
  createdAt: Date
  lastUsedAt: Date
  expiresAt: Date
  tokenExpiresAt: Date | null
  scopes: string[]
  /** The numeric id of the one organization that Sentry gave the grant for; null for all of the person's. */
  boundOrganization: string | null
  userAgent: string | null
  addressFamily: 'ipv4' | 'ipv6' | null
  newAgent: { since: Date; formerUserAgent: string | null } | null
  /** It may change nothing but end itself. */
  readOnly: boolean
  /** Numeric ids of the organizations it is narrowed to; null for all. */
  organizations: readonly string[] | null
}

export interface ClientSessionInput {
  name: string
  /** Seconds. */
  lifetime: number
  readOnly: boolean
  organizations: readonly string[] | null
}

/**
 * What an operation may do to sessions: those of the viewer and nobody else's. Which of it a session may do is decided
 * by the graph.
 */
export interface SessionActions {
  /** The name of the cookie that carries a client session's value. */
  readonly cookieName: string
  /** The viewer's sessions that have not ended, the last used first. */
  list(): Promise<SessionFacts[]>
  /** Makes a client session beside the viewer's own; `value` opens it and cannot be asked for again. Null when that has ended. */
  createClientSession(input: ClientSessionInput): Promise<{ session: SessionFacts; value: string } | null>
  /** Ends one session of the viewer; false when there is none of this id. */
  revoke(sessionId: string): Promise<boolean>
  /** Ends the viewer's own session, or all of theirs. */
  signOut(everywhere: boolean): Promise<void>
}
