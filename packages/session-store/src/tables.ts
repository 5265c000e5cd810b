import type { Generated, Kysely } from 'kysely'

/** Times are integer epoch milliseconds, so that both databases store and compare them alike. */
type EpochMilliseconds = number

/** A person, known by the Sentry host and the id there; the e-mail address is neither unique nor a key. */
export interface UsersTable {
  id: string
  sentry_host: string
  sentry_id: string
  name: string | null
  email: string | null
  username: string | null
  avatar_url: string | null
  created_at: EpochMilliseconds
  updated_at: EpochMilliseconds
}

/**
 * A token set. Both tokens are sealed; `version` grows by one whenever they are replaced. The `refresh_` columns say who
 * sends the refresh token of this version, until when by the database's clock, and how often it may have been used up.
 */
export interface GrantsTable {
  id: string
  user_id: string
  access_token: string
  refresh_token: string | null
  issued_at: EpochMilliseconds
  expires_at: EpochMilliseconds | null
  scopes: string
  /** The id of the one organization it is good for; null for all of the user's. */
  organization_id: string | null
  version: number
  refresh_claim: string | null
  refresh_lease_until: EpochMilliseconds | null
  refresh_attempts: Generated<number>
}

/**
 * `idle_expires_at` never lies after `expires_at`, so that it alone decides whether a session has ended. User agent and
 * address family are those of the last recorded use, `former_user_agent` that of before `agent_changed_at`. `read_only`
 * is 0 or 1; `organizations` a JSON list, null for all.
 */
export interface SessionsTable {
  id: string
  grant_id: string
  secret_hash: string
  kind: 'browser' | 'client'
  name: string | null
  user_agent: string | null
  address_family: 'ipv4' | 'ipv6' | null
  former_user_agent: string | null
  agent_changed_at: EpochMilliseconds | null
  read_only: Generated<number>
  organizations: string | null
  created_at: EpochMilliseconds
  last_used_at: EpochMilliseconds
  idle_expires_at: EpochMilliseconds
  expires_at: EpochMilliseconds
}

export interface UsedStatesTable {
  state_hash: string
  expires_at: EpochMilliseconds
}

/**
 * A pair that Sentry is still to revoke: one of its tokens, sealed. `id` is that of the grant it belonged to; a pair that no
 * grant came of has an id of its own and no user, which is ''. Nobody tries before `due_at`, nor after `pointless_at`.
 */
export interface RevocationsTable {
  id: string
  user_id: string
  sentry_host: string
  token: string
  attempts: number
  due_at: EpochMilliseconds
  pointless_at: EpochMilliseconds
}

export interface Tables {
  users: UsersTable
  grants: GrantsTable
  sessions: SessionsTable
  used_states: UsedStatesTable
  revocations: RevocationsTable
}

/** The database or a transaction in it: what every query takes. */
export type Database = Kysely<Tables>
