import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  SqliteQueryCompiler,
  sql,
  type DatabaseConnection,
  type Dialect,
  type QueryResult,
  type RawBuilder,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely'
import { UnsupportedSqliteError } from '../errors.ts'
import { isSharedInTurn, TurnSnapshot } from './turn-snapshot.ts'

/** Earlier versions can corrupt a WAL database that several processes write: https://sqlite.org/wal.html#walresetbug */
const lowestVersion = '3.51.3'

/** How long a statement waits for another process's write, in milliseconds. */
const busyTimeout = 5_000

/** SQLite's name for a database that lives in memory only. */
const inMemory = ':memory:'

/** The time of this machine, in milliseconds since the epoch: SQLite's processes share it as they share the file. */
export const sqliteClock: RawBuilder<number> = sql`cast(unixepoch('subsec') * 1000 as integer)`

/**
 * A Kysely dialect over `node:sqlite`: WAL, each commit on disk before it is acknowledged, foreign keys enforced.
 * The file is readable by its owner only. Throws UnsupportedSqliteError, and the error of the file system or of SQLite
 * when the file cannot be opened.
 */
export function openSqlite(path: string): Dialect {
  refuseOldSqlite(readSqliteVersion())
  if (path !== inMemory) createPrivateFile(path)
  const database = new DatabaseSync(path, { timeout: busyTimeout, enableForeignKeyConstraints: true })
  database.exec('pragma journal_mode = wal; pragma synchronous = full')
  return new NodeSqliteDialect(database)
}

/** Asked of SQLite itself: a Node that is linked against the system's library names the version it was built with. */
function readSqliteVersion(): string {
  const database = new DatabaseSync(inMemory)
  const row = database.prepare('select sqlite_version() as version').get()
  database.close()
  return String(row?.['version'])
}

/** Throws UnsupportedSqliteError for a version below the floor. */
export function refuseOldSqlite(version: string): void {
  if (version.localeCompare(lowestVersion, 'en', { numeric: true }) < 0) {
    throw new UnsupportedSqliteError(version, lowestVersion)
  }
}

/** SQLite gives its -wal and -shm files the mode of the database file, which therefore has to exist first. */
function createPrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
}

function adaptDatabase(database: DatabaseSync): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>()
  return {
    close: () => database.close(),
    prepare(sql) {
      const statement = statements.get(sql) ?? adaptStatement(database, sql)
      statements.set(sql, statement)
      return statement
    },
  }
}

function adaptStatement(database: DatabaseSync, sql: string): SqliteStatement {
  const statement = database.prepare(sql)
  let names = namesOf(statement)
  // Objects from `node:sqlite` are slow dictionaries, and the names of their columns made anew for every row.
  statement.setReturnArrays(true)
  const named = (row: unknown) => {
    const values = row as readonly unknown[]
    // A newer gateway may have added a column since: SQLite has prepared the statement once more, then. Migrations only
    // add columns while gateways run; another name for the same number of columns would not be seen here.
    if (values.length !== names.length) names = namesOf(statement)
    return nameColumns(names, values)
  }
  return {
    reader: names.length > 0,
    all: (parameters) => statement.all({}, ...checkParameters(parameters)).map(named),
    run: (parameters) => statement.run({}, ...checkParameters(parameters)),
    *iterate(parameters) {
      for (const values of statement.iterate({}, ...checkParameters(parameters))) yield named(values)
    },
  }
}

function namesOf(statement: StatementSync): string[] {
  return statement.columns().map(({ name }) => name)
}

function nameColumns(names: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (const [index, name] of names.entries()) row[name] = values[index]
  return row
}

/**
 * SQLite takes a first positional object, such as a Date, for named parameters, which the empty bag before these
 * prevents; and it stores NaN as null, so that the time of an invalid Date would read as "never".
 */
function checkParameters(parameters: readonly unknown[]): SQLInputValue[] {
  if (parameters.some(Number.isNaN)) throw new TypeError('NaN is no value for the database')
  return parameters as SQLInputValue[]
}

class NodeSqliteDialect extends SqliteDialect {
  readonly #node: DatabaseSync
  readonly #database: SqliteDatabase

  constructor(node: DatabaseSync) {
    const database = adaptDatabase(node)
    super({ database })
    this.#node = node
    this.#database = database
  }

  override createDriver() {
    return new ImmediateSqliteDriver(this.#node, { database: this.#database })
  }

  override createAdapter() {
    return new TransactionalSqliteAdapter()
  }

  override createQueryCompiler() {
    return new LocklessSqliteQueryCompiler()
  }
}

class ImmediateSqliteDriver extends SqliteDriver {
  readonly #node: DatabaseSync
  readonly #snapshot: TurnSnapshot
  #connection: DatabaseConnection | undefined

  constructor(node: DatabaseSync, config: { database: SqliteDatabase }) {
    super(config)
    this.#node = node
    this.#snapshot = new TurnSnapshot(node)
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#connection ??= new SnapshotConnection(await super.acquireConnection(), this.#snapshot)
    return this.#connection
  }

  override async destroy(): Promise<void> {
    this.#snapshot.close()
    await super.destroy()
  }

  /** Takes the write lock at once: who first reads and then writes would fail if another process wrote between. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  /** SQLite has rolled back by itself when the disk is full; to ask again would hide that behind another error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#node.isTransaction) await super.rollbackTransaction(connection)
  }
}

/** Does shared reads in the snapshot of the turn, and everything else outside it. */
class SnapshotConnection implements DatabaseConnection {
  readonly #connection: DatabaseConnection
  readonly #snapshot: TurnSnapshot

  constructor(connection: DatabaseConnection, snapshot: TurnSnapshot) {
    this.#connection = connection
    this.#snapshot = snapshot
  }

  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (isSharedInTurn(query)) return this.#snapshot.read(() => this.#connection.executeQuery(query))
    this.#snapshot.close()
    return this.#connection.executeQuery(query)
  }

  streamQuery<Row>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<Row>> {
    this.#snapshot.close()
    return this.#connection.streamQuery(query, chunkSize)
  }
}

/** Migrations run in one transaction, so that one killed half-way leaves nothing and two processes take turns. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** Leaves out `for update`: a transaction has the whole database to itself, see ImmediateSqliteDriver. */
class LocklessSqliteQueryCompiler extends SqliteQueryCompiler {
  protected override visitSelectModifier(): void {}
}
