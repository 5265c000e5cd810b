import { mkdtemp, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PortInUseError } from './server/listen.ts'
import { startSandbox, type Sandbox } from './sandbox.ts'
import { createApiClient } from './testing/api-client.ts'
import {
  authorizePath,
  answerConsent,
  codeVerifier,
  findPerson,
  openSignedInBrowser,
  redirectUri,
  requestToken,
} from './testing/sign-in.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
})
afterEach(() => rm(folder, { recursive: true }))

const paths = [
  'auth/',
  'organizations/',
  'organizations/lumen-freight/',
  'organizations/lumen-freight/projects/',
  'organizations/lumen-freight/teams/',
  'organizations/lumen-freight/members/',
  'projects/kleinwerk/leitstand/',
]

async function readWorld(sandbox: Sandbox): Promise<string> {
  const mira = createApiClient(sandbox, 'mira')
  const bodies: string[] = []
  for (const path of paths) bodies.push(JSON.stringify((await mira(path)).body))
  const origins = [sandbox.url, ...sandbox.regions.map(({ url }) => url)]
  return origins.reduce((text, origin, index) => text.replaceAll(origin, `origin-${index}`), bodies.join('\n'))
}

test('two sandboxes answer byte for byte the same', async () => {
  const options = { port: 0, clock: () => new Date('2026-10-01T12:00:30Z') }
  const [first, second] = [await startSandbox(options), await startSandbox(options)]
  expect(await readWorld(first)).toBe(await readWorld(second))
  expect(first.people).toEqual(second.people)
  await Promise.all([first.close(), second.close()])
})

test('codes, tokens and consent survive a restart', async () => {
  const stateFile = join(folder, 'state.sqlite')
  const before = await startSandbox({ port: 0, stateFile })
  const browser = await openSignedInBrowser(before, 'mira')
  const code = (await answerConsent(browser, authorizePath(before), 'approve')).searchParams.get('code') ?? ''
  const { refreshToken } = before.issueTokens(findPerson(before, 'mira').id)
  await before.close()

  const after = await startSandbox({ port: 0, stateFile })
  const exchanged = await requestToken(after, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: codeVerifier,
  })
  expect(exchanged.status).toBe(200)
  expect((await requestToken(after, { grant_type: 'refresh_token', refresh_token: refreshToken })).status).toBe(200)
  const returning = await openSignedInBrowser(after, 'mira')
  expect((await returning.get(authorizePath(after))).status).toBe(302)
  await after.close()
})

test('the state file is created with its folder, for its owner only', async () => {
  const stateFile = join(folder, 'new', 'state.sqlite')
  const sandbox = await startSandbox({ port: 0, stateFile })
  expect((await stat(stateFile)).mode & 0o777).toBe(0o600)
  await sandbox.close()
})

test('a port in use is named, and the ports taken before it are given back', async () => {
  const blocker = createServer().listen(0, '127.0.0.1')
  await once(blocker, 'listening')
  const { port } = blocker.address() as { port: number }
  const failure = await startSandbox({ port: port - 2 }).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(PortInUseError)
  expect(failure).toMatchObject({ code: 'port_in_use', message: expect.stringContaining('SANDBOX_PORT') })
  blocker.close()
})

test('closing ends requests that are never answered', async () => {
  const sandbox = await startSandbox({ port: 0 })
  sandbox.fault({ path: '/api/0/' }, 'silence')
  const hanging = fetch(`${sandbox.url}/api/0/`)
  await expect.poll(() => sandbox.requests.length).toBe(1)
  const outcome = Promise.allSettled([hanging])
  await sandbox.close()
  expect((await outcome)[0].status).toBe('rejected')
})

test('levers refuse people and scopes that do not exist', async () => {
  const sandbox = await startSandbox({ port: 0 })
  expect(() => sandbox.issueTokens('1')).toThrow(RangeError)
  expect(() => sandbox.issueTokens(findPerson(sandbox, 'mira').id, ['everything'])).toThrow(RangeError)
  await sandbox.close()
})
