import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSessionStore, type SessionStore } from '@sentry-graph/session-store'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { unset } from './gateway-process.fixture.ts'

const former = 'the former secret of more than thirty-two characters'
const next = 'the next secret of more than thirty-two characters'
const tokens = { accessToken: 'access-token-in-clear', refreshToken: 'refresh-token-in-clear' }

let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'reseal-'))
})

afterEach(() => rm(dataDir, { recursive: true }))

async function openStore(...secrets: string[]): Promise<SessionStore> {
  const path = join(dataDir, 'sentry-graph.sqlite')
  const store = await openSessionStore({ path, secrets, idleTtl: 3600, absoluteTtl: 86_400 })
  onTestFinished(() => store.close())
  return store
}

async function signIn(store: SessionStore): Promise<string> {
  const person = { sentryHost: 'sentry.io', sentryId: '1', name: null, email: null, username: null, avatarUrl: null }
  const { opened } = await store.signIn({ profile: person, tokens, expiresAt: null, scopes: [], userAgent: null })
  return opened.grant.id
}

/** The command as `pnpm reseal` runs it. */
function reseal(secrets: string): Promise<{ exitCode: unknown; said: string }> {
  const env = { ...unset, PATH: process.env['PATH'], DATA_DIR: dataDir, SESSION_SECRET: secrets, LOG_LEVEL: 'silent' }
  return new Promise((resolve) => {
    execFile(process.execPath, [join(import.meta.dirname, 'reseal.ts')], { env }, (error, stdout, stderr) =>
      resolve({ exitCode: error?.code ?? 0, said: stdout + stderr }),
    )
  })
}

test('after it the former secret can be taken away, while a gateway runs', async () => {
  const running = await openStore(next, former)
  const grantId = await signIn(await openStore(former))
  await expect((await openStore(next)).findGrant(grantId)).rejects.toMatchObject({ code: 'unknown_key' })

  const { exitCode, said } = await reseal(`${next},${former}`)
  expect([exitCode, said.trim()]).toEqual([0, 'Sealed anew: 1. Changed by a gateway meanwhile: 0.'])
  expect(await (await openStore(next)).findGrant(grantId)).toMatchObject({ tokens })
  expect(await running.findGrant(grantId)).toMatchObject({ tokens })
})

test('without the secret that sealed them it leaves grants alone and says so, with no secret in it', async () => {
  const grantId = await signIn(await openStore(former))
  const { exitCode, said } = await reseal(next)
  expect(exitCode).toBe(1)
  expect(said).toContain('What no secret of SESSION_SECRET opens: 1.')
  expect(said).not.toMatch(/the next secret|in-clear/)
  expect(await (await openStore(former)).findGrant(grantId)).toMatchObject({ tokens })
})

test('it wants settings that are whole', async () => {
  const { exitCode, said } = await reseal('short')
  expect(exitCode).toBe(1)
  expect(said).toMatch(/^The configuration needs attention:\n {2}SESSION_SECRET: expected /)
})
