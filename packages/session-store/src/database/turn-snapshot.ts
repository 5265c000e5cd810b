import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { CompiledQuery, RootOperationNode } from 'kysely'

const sharedReads = new WeakSet<RootOperationNode>()

/**
 * Lets what reads a query in the same turn of the event loop share a snapshot. For reads that answer an incoming request,
 * in the turn in which it comes: a snapshot begun by a timer would still be there when later requests are taken in.
 */
export function shareInTurn<Row>(query: CompiledQuery<Row>): CompiledQuery<Row> {
  sharedReads.add(query.query)
  return query
}

/** Whether a query was made to be shared. */
export function isSharedInTurn({ query }: CompiledQuery): boolean {
  return sharedReads.has(query)
}

/**
 * One read transaction for shared reads of a turn of the event loop. Most of what a short read costs is taking SQLite's read
 * lock and giving it back; under load a turn answers many requests, and the lock is taken once for them
 * (docs/decisions/0026-reads-of-a-turn-share-a-snapshot.md).
 */
export class TurnSnapshot {
  readonly #database: DatabaseSync
  readonly #begin: StatementSync
  readonly #commit: StatementSync
  #isOpen = false

  constructor(database: DatabaseSync) {
    this.#database = database
    this.#begin = database.prepare('begin')
    this.#commit = database.prepare('commit')
  }

  /** Does a read in it; inside a transaction, as it is. After a failure nobody else reads in it. */
  async read<T>(operation: () => Promise<T>): Promise<T> {
    if (!this.#database.isTransaction) this.#open()
    try {
      return await operation()
    } catch (error) {
      this.close()
      throw error
    }
  }

  /** To be called before anything else, which so sees everything, and before the database is closed. */
  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    // A read that failed may have ended it.
    if (this.#database.isTransaction) this.#commit.run()
  }

  #open(): void {
    this.#begin.run()
    this.#isOpen = true
    setImmediate(() => this.close())
  }
}
