import type { ColumnDataType, ColumnDefinitionBuilder, Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

type Build = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder

const columns: [table: string, column: string, type: ColumnDataType, build?: Build][] = [
  ['grants', 'refresh_claim', 'text'],
  ['grants', 'refresh_lease_until', 'bigint'],
  ['grants', 'refresh_attempts', 'integer', (column) => column.notNull().defaultTo(0)],
  ['sessions', 'address_family', 'text'],
  ['sessions', 'read_only', 'integer', (column) => column.notNull().defaultTo(0)],
  ['sessions', 'organizations', 'text'],
]

/** Who refreshes a grant, and what a session may do and where it was used from. SQLite adds one column at a time. */
export const refreshAndClientSessions: Migration = {
  async up(database: Kysely<unknown>) {
    for (const [table, column, type, build] of columns) {
      await database.schema.alterTable(table).addColumn(column, type, build).execute()
    }
  },
}
