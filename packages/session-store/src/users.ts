import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Database, UsersTable } from './tables.ts'

/** Who somebody is at a Sentry host, as Sentry told at the last sign-in. */
export interface Profile {
  sentryHost: string
  sentryId: string
  name: string | null
  email: string | null
  username: string | null
  avatarUrl: string | null
}

/** A person who has signed in. `id` is ours and stays; Sentry host and id together are unique. */
export interface User extends Profile {
  id: string
  createdAt: Date
  updatedAt: Date
}

/** The user of this host and id, created or brought up to date. */
export async function upsertUser(database: Database, profile: Profile, now: Date): Promise<User> {
  const described = {
    name: profile.name,
    email: profile.email,
    username: profile.username,
    avatar_url: profile.avatarUrl,
    updated_at: now.getTime(),
  }
  const row = await database
    .insertInto('users')
    .values({
      id: randomUUID(),
      sentry_host: profile.sentryHost,
      sentry_id: profile.sentryId,
      created_at: now.getTime(),
      ...described,
    })
    .onConflict((conflict) => conflict.columns(['sentry_host', 'sentry_id']).doUpdateSet(described))
    .returningAll()
    .executeTakeFirstOrThrow()
  return readUser(row)
}

export function readUser(row: Selectable<UsersTable>): User {
  return {
    id: row.id,
    sentryHost: row.sentry_host,
    sentryId: row.sentry_id,
    name: row.name,
    email: row.email,
    username: row.username,
    avatarUrl: row.avatar_url,
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  }
}
