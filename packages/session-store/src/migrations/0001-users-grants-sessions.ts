import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The first tables. Column types are those that SQLite and PostgreSQL share. */
export const usersGrantsSessions: Migration = {
  async up(database: Kysely<unknown>) {
    await createUsers(database)
    await createGrants(database)
    await createSessions(database)
    await createUsedStates(database)
  },
}

async function createUsers(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('users')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('sentry_host', 'text', (column) => column.notNull())
    .addColumn('sentry_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text')
    .addColumn('email', 'text')
    .addColumn('username', 'text')
    .addColumn('avatar_url', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('users_sentry_host_sentry_id', ['sentry_host', 'sentry_id'])
    .execute()
}

async function createGrants(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('grants')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.id').onDelete('cascade'))
    .addColumn('access_token', 'text', (column) => column.notNull())
    .addColumn('refresh_token', 'text')
    .addColumn('issued_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('scopes', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .execute()
  await database.schema.createIndex('grants_user_id').on('grants').column('user_id').execute()
}

async function createSessions(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('sessions')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('grant_id', 'text', (column) => column.notNull().references('grants.id').onDelete('cascade'))
    .addColumn('secret_hash', 'text', (column) => column.notNull().unique())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('name', 'text')
    .addColumn('user_agent', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at', 'bigint', (column) => column.notNull())
    .addColumn('idle_expires_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute()
  await database.schema.createIndex('sessions_grant_id').on('sessions').column('grant_id').execute()
  await database.schema.createIndex('sessions_idle_expires_at').on('sessions').column('idle_expires_at').execute()
}

async function createUsedStates(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('used_states')
    .addColumn('state_hash', 'text', (column) => column.primaryKey().notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute()
  await database.schema.createIndex('used_states_expires_at').on('used_states').column('expires_at').execute()
}
