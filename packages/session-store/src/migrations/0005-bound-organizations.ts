import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The one organization that a grant is good for. Of the grants so far it is not known, and taken for none. */
export const boundOrganizations: Migration = {
  async up(database: Kysely<unknown>) {
    await database.schema.alterTable('grants').addColumn('organization_id', 'text').execute()
  },
}
