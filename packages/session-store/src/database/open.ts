import { Kysely, type LogConfig, type RawBuilder } from 'kysely'
import type { Tables } from '../tables.ts'
import { openSqlite, sqliteClock } from './sqlite.ts'

/**
 * Where the store lives: in an SQLite file (or `:memory:`), or in the PostgreSQL database of a `postgres://` URL. Any
 * number of processes may open a file, each of them once: two transactions of one thread would wait for each other.
 */
export type DatabaseLocation = { path: string; url?: never } | { url: string; path?: never }

export interface OpenDatabaseOptions {
  /** Hears of connections that broke while nobody used them. */
  report: (error: Error) => void
  log?: LogConfig
}

export interface OpenedDatabase {
  database: Kysely<Tables>
  /** The clock that all processes on this database share, as an expression in milliseconds since the epoch. */
  clock: RawBuilder<number>
}

/** The database, its tables not looked at yet. Rejects with what openSqlite throws. */
export async function openDatabase(
  location: DatabaseLocation,
  { report, ...options }: OpenDatabaseOptions,
): Promise<OpenedDatabase> {
  const { dialect, clock } = await openDialect(location, report)
  return { database: new Kysely<Tables>({ dialect, ...options }), clock }
}

async function openDialect(location: DatabaseLocation, report: OpenDatabaseOptions['report']) {
  if (location.url === undefined) return { dialect: openSqlite(location.path), clock: sqliteClock }
  // The driver is loaded by those alone who have such a database.
  const { openPostgres, postgresClock } = await import('./postgres.ts')
  return { dialect: openPostgres(location.url, report), clock: postgresClock }
}
