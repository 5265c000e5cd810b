import { Migrator } from 'kysely/migration'
import type { Database } from '../tables.ts'
import { usersGrantsSessions } from './0001-users-grants-sessions.ts'
import { refreshAndClientSessions } from './0002-refresh-and-client-sessions.ts'
import { revocations } from './0003-revocations.ts'
import { newAgents } from './0004-new-agents.ts'
import { boundOrganizations } from './0005-bound-organizations.ts'

/** Applied in the order of their names; a name that has been released never changes. */
const migrations = {
  '0001-users-grants-sessions': usersGrantsSessions,
  '0002-refresh-and-client-sessions': refreshAndClientSessions,
  '0003-revocations': revocations,
  '0004-new-agents': newAgents,
  '0005-bound-organizations': boundOrganizations,
}

/** Brings the tables up to date; a database that already is stays as it is. Throws the database's error. */
export async function migrate(database: Database): Promise<void> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}
