import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** When a session was last used from another user agent than before, and from which one until then. */
export const newAgents: Migration = {
  async up(database: Kysely<unknown>) {
    await database.schema.alterTable('sessions').addColumn('former_user_agent', 'text').execute()
    await database.schema.alterTable('sessions').addColumn('agent_changed_at', 'bigint').execute()
  },
}
