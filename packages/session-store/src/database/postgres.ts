import { PostgresDialect, sql, type Dialect, type PostgresPoolClient, type RawBuilder } from 'kysely'
import { DatabaseError, Pool, types, type CustomTypesConfig, type PoolClient } from 'pg'

/** Connections a process holds at most: its statements are short, and the server's connections are for all processes. */
const mostConnections = 10

/** Milliseconds after which a connection is not waited for any more, a statement is ended, and a silent server given up. */
const timeouts = {
  connectionTimeoutMillis: 5_000,
  statement_timeout: 5_000,
  query_timeout: 7_000,
  idle_in_transaction_session_timeout: 10_000,
}

/** The time of the database server, in milliseconds since the epoch: one clock for all processes. */
export const postgresClock: RawBuilder<number> = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`

/**
 * A Kysely dialect over a pool of PostgreSQL connections. `report` hears of connections that broke while nobody used
 * them; the pool opens others. Nothing is connected before the first query.
 */
export function openPostgres(url: string, report: (error: Error) => void): Dialect {
  const pool = new Pool({
    connectionString: url,
    application_name: 'sentry-graph',
    max: mostConnections,
    keepAlive: true,
    types: numericTypes,
    ...timeouts,
  })
  pool.on('error', report)
  return new PostgresDialect({
    pool: { options: {}, connect: async () => discardBroken(await pool.connect()), end: () => pool.end() },
  })
}

/** Times are 64 bit integers, which the driver gives as text; all of ours are safe as numbers. */
const numericTypes: CustomTypesConfig = {
  getTypeParser: (id, format) => (id === types.builtins.INT8 ? Number : types.getTypeParser(id, format)),
}

/**
 * A connection that has failed in any other way than by the server's own words may be waiting for an answer that never
 * comes, or that belongs to another question. It answers nothing more and does not go back to the pool. The listener is
 * for a connection that breaks between two statements of a transaction: nobody else listens then, and an error that
 * nobody listens to ends the process.
 */
function discardBroken(client: PoolClient): PostgresPoolClient {
  let failure: unknown = null
  const fail = (error: unknown) => {
    failure ??= error
  }
  client.on('error', fail)
  const query = async (sql: string, parameters: unknown[]) => {
    if (failure !== null) throw failure
    try {
      return await client.query(sql, parameters)
    } catch (error) {
      if (!(error instanceof DatabaseError)) fail(error)
      throw error
    }
  }
  return {
    query: query as unknown as PostgresPoolClient['query'],
    release(destroy) {
      client.release(destroy === true || failure !== null)
      client.off('error', fail)
    },
  }
}
