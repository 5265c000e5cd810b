import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { asGraphql, dataOfGraphql, openPool, type Contender } from './contender.ts'
import { startChild, type Child } from './processes/child.ts'
import type { UpstreamFacts } from './recorded-upstream.ts'

/** Where the gateway keeps its data, and how it is reached. */
export interface GatewayPlace {
  url: string
  port: number
  dataDir: string
  upstream: UpstreamFacts
}

const main = new URL('../../apps/gateway/src/main.mjs', import.meta.url)

/** A port that is free now. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Starts the gateway as an operator does, in production mode, and resolves once it answers. */
export async function launchGateway(place: GatewayPlace, execArgv: string[] = []): Promise<Child> {
  const { port, dataDir, upstream, url } = place
  const child = startChild(main, {
    execArgv,
    env: {
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: `https://127.0.0.1:${port}`,
      DATA_DIR: dataDir,
      SESSION_SECRET: 'a secret of the measurements with more than thirty-two characters',
      SENTRY_BASE_URL: upstream.url,
      SENTRY_ALLOWED_ORIGINS: upstream.regionUrls.join(','),
      SENTRY_OAUTH_CLIENT_ID: 'bench',
      AUTH_RATE_LIMIT: '100000',
    },
  })
  await waitUntilReady(url)
  return child
}

/** Starts the gateway and signs the person in so many times. */
export async function startGateway(place: GatewayPlace, sessions: number, execArgv: string[]): Promise<Contender> {
  const child = await launchGateway(place, execArgv)
  const pool = openPool(place.url, sessions)
  const cookies = await Promise.all(Array.from({ length: sessions }, () => signIn(place.url)))
  const contender: Contender = {
    name: 'gateway',
    child,
    pool,
    cookies,
    request: asGraphql,
    dataOf: dataOfGraphql,
    async stop() {
      await pool.destroy()
      // The one that runs now: a cold start puts another in its place.
      await contender.child.stop()
    },
  }
  return contender
}

async function waitUntilReady(url: string): Promise<void> {
  const deadline = performance.now() + 30_000
  while (!(await isReady(url))) {
    if (performance.now() > deadline) throw new Error('The gateway does not answer.')
    await delay(5)
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok
  } catch {
    // Nobody listens yet.
    return false
  }
}

/** The session cookie of a whole sign-in; the upstream takes any code. */
async function signIn(url: string): Promise<string> {
  const begun = await fetch(`${url}/api/auth/login`, { headers: { accept: 'application/json' } })
  const { authUrl } = (await begun.json()) as { authUrl: string }
  const state = new URL(authUrl).searchParams.get('state') ?? ''
  const ended = await fetch(`${url}/api/auth/callback?${new URLSearchParams({ code: 'bench', state })}`, {
    headers: { cookie: readCookies(begun).join('; ') },
    redirect: 'manual',
  })
  const session = readCookies(ended).find((cookie) => /^(?:__Host-)?sentry_graph=./.test(cookie))
  if (session === undefined) throw new Error(`The sign-in failed: ${ended.status} ${ended.headers.get('location')}`)
  return session
}

function readCookies(response: Response): string[] {
  return response.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '')
}
