import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What Sentry is still to be told. No row of it belongs to a grant any more, and none keeps a user from being deleted. */
export const revocations: Migration = {
  async up(database: Kysely<unknown>) {
    await database.schema
      .createTable('revocations')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('sentry_host', 'text', (column) => column.notNull())
      .addColumn('token', 'text', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('due_at', 'bigint', (column) => column.notNull())
      .addColumn('pointless_at', 'bigint', (column) => column.notNull())
      .execute()
    await database.schema
      .createIndex('revocations_sentry_host_due_at')
      .on('revocations')
      .columns(['sentry_host', 'due_at'])
      .execute()
  },
}
