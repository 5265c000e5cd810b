import { Kysely, type LogConfig, type RawBuilder } from 'kysely'
import type { Tables } from '../tables.ts'
import { openPostgres, postgresClock } from './postgres.ts'
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

/** The database, its tables not looked at yet. Throws what openSqlite throws. */
export function openDatabase(location: DatabaseLocation, { report, ...options }: OpenDatabaseOptions): Kysely<Tables> {
  const dialect = location.url === undefined ? openSqlite(location.path) : openPostgres(location.url, report)
  return new Kysely<Tables>({ dialect, ...options })
}

/** The clock that all processes on this database share, as an expression in milliseconds since the epoch. */
export function clockOf(location: DatabaseLocation): RawBuilder<number> {
  return location.url === undefined ? sqliteClock : postgresClock
}
