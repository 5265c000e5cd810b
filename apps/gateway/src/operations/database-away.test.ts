import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSandbox, type Sandbox } from '@sentry-graph/sentry-sandbox'
import { createPostgresDatabase, type PostgresDatabase } from '@sentry-graph/session-store/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { startGatewayProcess, type GatewayProcess } from '../gateway-process.fixture.ts'
import { person } from '../gateway.fixture.ts'

const socketName = '.s.PGSQL.5432'
const patience = { timeout: 30_000 }

/** A way to a PostgreSQL that can be cut and mended. */
interface Line {
  url: string
  cut(): Promise<void>
  mend(): Promise<void>
}

let folder: string
let database: PostgresDatabase
let line: Line
let sandbox: Sandbox
let gateway: GatewayProcess

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'line-'))
  database = await createPostgresDatabase(inject('postgresUrl') ?? '')
  line = createLine(database.url)
  await line.mend()
  sandbox = await startSandbox({ port: 0, rateLimit: false })
  gateway = await startGatewayProcess({ DATABASE_URL: line.url }, sandbox)
})

afterEach(async () => {
  await gateway.stop()
  await sandbox.close()
  await line.cut()
  await database.drop()
  await rm(folder, { recursive: true })
})

function createLine(databaseUrl: string): Line {
  const target = join(new URL(databaseUrl).searchParams.get('host') ?? '', socketName)
  const url = new URL(databaseUrl)
  url.searchParams.set('host', folder)
  const sockets = new Set<Socket>()
  let server: Server | undefined
  const connectThrough = (near: Socket) => {
    const far = connect(target)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => other.destroy())
      socket.pipe(other)
    }
  }
  return {
    url: url.href,
    async cut() {
      server?.close()
      for (const socket of sockets) socket.destroy()
      sockets.clear()
    },
    async mend() {
      server = createServer(connectThrough).listen(join(folder, socketName))
      await once(server, 'listening')
    },
  }
}

test('a database that goes away takes the gateway out of rotation, signs nobody out, and is found again', async () => {
  const browser = gateway.openBrowser()
  await browser.signIn(person(sandbox, 'mira').id)
  const status = async (path: string) => (await browser.get(path)).statusCode
  expect([await status('/readyz'), await status('/healthz'), await status('/api/auth/me')]).toEqual([200, 200, 200])

  await line.cut()
  expect([await status('/readyz'), await status('/healthz')]).toEqual([503, 200])
  const refused = [await browser.get('/api/auth/me'), await browser.graphql('{ viewer { user { name } } }')]
  for (const answer of refused) {
    expect([answer.statusCode, answer.headers['retry-after'], answer.cookies]).toEqual([503, '5', []])
  }
  const signingIn = await gateway.openBrowser().signIn(person(sandbox, 'noor').id)
  expect(signingIn.headers.location).toContain('code=store_unavailable')

  await line.mend()
  await expect.poll(() => status('/readyz'), patience).toBe(200)
  expect(await status('/api/auth/me')).toBe(200)
  const answer = await browser.graphql('{ viewer { organizations { nodes { slug } } } }')
  expect(answer.json().data.viewer.organizations.nodes).toHaveLength(3)
})
