import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { startSandbox, type Sandbox } from '@sentry-graph/sentry-sandbox'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Browser } from './browser.fixture.ts'
import { startGatewayProcess, type GatewayProcess } from './gateway-process.fixture.ts'
import { person } from './gateway.fixture.ts'

const kills = 10
const peopleAtOnce = 4

/** A limit against hanging: the gateway starts eleven times. */
const patience = { timeout: 120_000 }

const proof = { 'graphql-require-preflight': '1' }

/** `leaving` when the answer to a sign-out never came: then either is right, as long as it stays what it is. */
interface KnownSession {
  browser: Browser
  state: 'open' | 'leaving' | 'ended'
}

let sandbox: Sandbox
let gateway: GatewayProcess
let sessions: KnownSession[]
let killing: AbortController
let answered: number

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false })
  gateway = await startGatewayProcess({}, sandbox)
  sessions = []
})

afterEach(async () => {
  await gateway.stop()
  await sandbox.close()
})

test(
  'kill -9 under load loses no acknowledged session, revives no ended one and damages nothing',
  patience,
  async () => {
    for (let round = 0; round < kills; round += 1) {
      await killUnderLoad()
      await gateway.start()
      await checkSessions()
    }
    const states = sessions.map(({ state }) => state)
    expect(new Set(states)).toEqual(new Set(['open', 'ended']))
    await gateway.kill('SIGTERM')
    const { openSessions, ...health } = checkDatabase()
    expect(health).toEqual({ integrity: 'ok', violations: [], idleGrants: 0 })
    // More than we know of: some were made whose answer never came.
    expect(openSessions).toBeGreaterThanOrEqual(sessions.filter(({ state }) => state === 'open').length)
  },
)

/** Lets people come, ask and go, and kills the gateway among them. */
async function killUnderLoad(): Promise<void> {
  killing = new AbortController()
  answered = 0
  const load = Array.from({ length: peopleAtOnce }, () => useUntilKilled())
  const target = randomInt(4, 16)
  await expect.poll(() => answered, { timeout: 30_000, interval: 5 }).toBeGreaterThan(target)
  await setTimeout(randomInt(0, 20))
  killing.abort()
  await gateway.kill('SIGKILL')
  await Promise.all(load)
}

async function useUntilKilled(): Promise<void> {
  while (!killing.signal.aborted) {
    try {
      await chooseAction()()
      answered += 1
    } catch (error) {
      // Only a connection may fail, and only because there is nobody any more.
      if (!killing.signal.aborted || !(error instanceof TypeError)) throw error
    }
  }
}

function chooseAction(): () => Promise<void> {
  const open = sessions.filter(({ state }) => state === 'open')
  const session = open[randomInt(0, Math.max(open.length, 1))]
  const lot = randomInt(0, 10)
  if (session === undefined || lot < 3) return signIn
  return () => (lot < 5 ? signOut(session) : ask(session))
}

async function signIn(): Promise<void> {
  const browser = gateway.openBrowser()
  const answer = await browser.signIn(person(sandbox, randomInt(0, 2) === 0 ? 'mira' : 'noor').id)
  if (answer.headers['location'] !== '/auth/success')
    throw new Error(`Signing in ended at ${answer.headers['location']}`)
  sessions.push({ browser, state: 'open' })
}

async function signOut(session: KnownSession): Promise<void> {
  session.state = 'leaving'
  // The browser forgets its cookie with the answer; who kept it may still try it.
  const kept = new Map(session.browser.cookies)
  const { statusCode } = await session.browser.post('/api/auth/logout', proof)
  kept.forEach((value, name) => session.browser.cookies.set(name, value))
  if (statusCode !== 200) throw new Error(`Signing out was answered with ${statusCode}`)
  session.state = 'ended'
}

async function ask({ browser }: KnownSession): Promise<void> {
  const { statusCode } = await browser.graphql('{ viewer { organizations { nodes { slug } } } }')
  if (statusCode !== 200) throw new Error(`A query was answered with ${statusCode}`)
}

async function checkSessions(): Promise<void> {
  await Promise.all(sessions.map(checkSession))
}

async function checkSession(session: KnownSession): Promise<void> {
  const { statusCode } = await session.browser.get('/api/auth/me')
  if (session.state === 'leaving') session.state = statusCode === 200 ? 'open' : 'ended'
  expect(statusCode).toBe(session.state === 'open' ? 200 : 401)
}

function checkDatabase() {
  const database = new DatabaseSync(join(gateway.dataDir, 'sentry-graph.sqlite'))
  const count = (sql: string) => Number(database.prepare(`select count(*) as count from ${sql}`).get()?.['count'])
  const checked = {
    integrity: database.prepare('pragma integrity_check').get()?.['integrity_check'],
    violations: database.prepare('pragma foreign_key_check').all(),
    idleGrants: count('grants where id not in (select grant_id from sessions)'),
    openSessions: count('sessions'),
  }
  database.close()
  return checked
}
