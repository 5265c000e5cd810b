import { startPostgres } from './postgres-server.ts'

/** A process that starts a server, tells its URL, and waits to be killed. */
const server = await startPostgres()
process.send?.(server.url)
