import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { login, logout, type Terminal } from './login.ts'

let folder: string
let jar: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'login-'))
  jar = join(folder, 'cookies.txt')
})
afterEach(() => rm(folder, { recursive: true }))

interface Received {
  path: string | undefined
  headers: IncomingHttpHeaders
  body: unknown
}

type Script = Record<string, [status: number, body: unknown][]>

/** A gateway that answers each path by the lines of its script, the last one again and again. */
async function startGateway(script: Script) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const { url: path = '', headers } = request
    received.push({ path, headers, body: await json(request) })
    const lines = script[path] ?? [[404, { error: 'not_found' }]]
    const [status, body] = (lines.length > 1 ? lines.shift() : lines[0]) ?? [500, {}]
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { received, gateway: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`) }
}

function createTerminal(answer = '') {
  const said: string[] = []
  const pauses: number[] = []
  const terminal: Terminal = {
    say: (line) => void said.push(line),
    ask: async () => answer,
    pause: async (seconds) => void pauses.push(seconds),
  }
  return { terminal, said, pauses }
}

const begun = {
  device: 'sealed',
  userCode: 'BCDF-GHJK',
  verificationUri: 'https://sentry.io/oauth/device/',
  interval: 5,
}
const granted = { cookieName: 'sentry_graph', value: 'the-session' }
const who = {
  data: {
    viewer: { user: { name: 'Mira', email: null, username: null }, session: { expiresAt: '2026-12-24T10:00:00.000Z' } },
  },
}
const goodScript = (): Script => ({
  '/api/auth/device': [[200, begun]],
  '/api/auth/device/session': [
    [202, { status: 'pending', interval: 5 }],
    [202, { status: 'pending', interval: 10 }],
    [200, granted],
  ],
  '/graphql': [[200, who]],
})

const optionsFor = (gateway: URL) => ({ gateway, name: 'build server', readOnly: true, jar })

describe('a machine signs in', () => {
  test('by the code that a person enters elsewhere, waiting as long as it is told to', async () => {
    const { gateway, received } = await startGateway(goodScript())
    const { terminal, said, pauses } = createTerminal()
    const { person, expiresAt } = await login(optionsFor(gateway), terminal)
    expect(person).toBe('Mira')
    expect(expiresAt).toEqual(new Date('2026-12-24T10:00:00Z'))
    expect(said.join()).toContain('https://sentry.io/oauth/device/ on any device and enter the code BCDF-GHJK')
    expect(pauses).toEqual([5, 5, 10])
    expect(received[0]?.body).toEqual({ name: 'build server', readOnly: true })
    expect(received.at(-1)?.headers.authorization).toBe('Bearer the-session')
    expect(await readFile(jar, 'utf8')).toContain(
      '#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t1798106400\tsentry_graph\tthe-session\n',
    )
  })

  test('with a session made on the gateway’s page, where Sentry signs in no devices', async () => {
    const unavailable = {
      error: 'device_unavailable',
      cookieName: 'sentry_graph',
      connectUrl: 'https://graph.example.com/sessions',
    }
    const { gateway } = await startGateway({ ...goodScript(), '/api/auth/device': [[501, unavailable]] })
    const { terminal, said } = createTerminal(' brought-by-hand \n')
    await login(optionsFor(gateway), terminal)
    expect(said.join()).toContain('https://graph.example.com/sessions')
    expect(await readFile(jar, 'utf8')).toContain('\tbrought-by-hand\n')
  })
})

describe('a machine that is not signed in keeps nothing', () => {
  test.each<[string, Script, object]>([
    [
      'the person says no',
      { '/api/auth/device/session': [[403, { error: 'access_denied' }]] },
      { reason: 'access_denied' },
    ],
    [
      'nobody comes',
      { '/api/auth/device/session': [[400, { error: 'device_expired' }]] },
      { reason: 'device_expired' },
    ],
    ['the gateway is asked too often', { '/api/auth/device': [[429, { error: 'rate_limited' }]] }, { status: 429 }],
    ['the session is none', { '/graphql': [[200, { data: { viewer: null } }]] }, { code: 'refused' }],
    [
      'the answer lacks the value',
      { '/api/auth/device/session': [[200, { cookieName: 'x' }]] },
      { code: 'unexpected' },
    ],
    ['something else answers', { '/api/auth/device': [[200, ['not', 'an', 'object']]] }, { code: 'unexpected' }],
  ])('when %s', async (_, changes, error) => {
    const { gateway } = await startGateway({ ...goodScript(), ...changes })
    await expect(login(optionsFor(gateway), createTerminal().terminal)).rejects.toMatchObject(error)
    await expect(readFile(jar)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('when what it is given by hand would break a header or the jar', async () => {
    const unavailable = {
      error: 'device_unavailable',
      cookieName: 'sentry_graph',
      connectUrl: 'https://graph.example.com/sessions',
    }
    const { gateway, received } = await startGateway({ '/api/auth/device': [[501, unavailable]] })
    const { terminal } = createTerminal('one\nx-injected: two')
    await expect(login(optionsFor(gateway), terminal)).rejects.toMatchObject({ code: 'refused' })
    expect(received).toHaveLength(1)
  })

  test('when nobody answers', async () => {
    const gateway = new URL('http://127.0.0.1:9')
    await expect(login(optionsFor(gateway), createTerminal().terminal)).rejects.toMatchObject({ code: 'unreachable' })
  })
})

describe('a machine signs out', () => {
  test('at the gateway and in its jar', async () => {
    const script = { ...goodScript(), '/api/auth/logout': [[200, {}]] } satisfies Script
    const { gateway, received } = await startGateway(script)
    await login(optionsFor(gateway), createTerminal().terminal)
    expect(await logout({ gateway, jar })).toBe(true)
    expect(received.at(-1)?.headers).toMatchObject({
      cookie: 'sentry_graph=the-session',
      'graphql-require-preflight': '1',
    })
    expect(await readFile(jar, 'utf8')).not.toContain('the-session')
    expect(await logout({ gateway, jar })).toBe(false)
  })

  test('and keeps the cookie while the gateway has not ended the session', async () => {
    const script = { ...goodScript(), '/api/auth/logout': [[503, { error: 'store_unavailable' }]] } satisfies Script
    const { gateway } = await startGateway(script)
    await login(optionsFor(gateway), createTerminal().terminal)
    await expect(logout({ gateway, jar })).rejects.toMatchObject({ status: 503 })
    expect(await readFile(jar, 'utf8')).toContain('the-session')
  })
})
