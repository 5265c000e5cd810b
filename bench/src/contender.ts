import { Pool } from 'undici'
import { startChild, type Child } from './processes/child.ts'
import type { PlainSettings } from './plain/settings.ts'
import type { UpstreamFacts } from './recorded-upstream.ts'
import type { Workload } from './workloads.ts'

/** One HTTP request, as the load sends it. */
export interface ContenderRequest {
  method: 'GET' | 'POST'
  path: string
  headers: Record<string, string>
  body: string | null
}

/** A server that is measured. */
export interface Contender {
  name: string
  child: Child
  pool: Pool
  /** One per session; each is used by one request at a time, so that no two requests under way are the same person’s. */
  cookies: string[]
  request(workload: Workload): ContenderRequest
  /** What was asked for, out of an answer. */
  dataOf(answer: unknown): unknown
  stop(): Promise<void>
}

export const asGraphql = ({ query, variables }: Pick<Workload, 'query' | 'variables'>): ContenderRequest => ({
  method: 'POST',
  path: '/graphql',
  headers: { 'content-type': 'application/json', accept: 'application/json', 'graphql-require-preflight': '1' },
  body: JSON.stringify({ query, variables }),
})

export const dataOfGraphql = (answer: unknown) => (answer as { data: unknown }).data

const asRest = ({ restPath }: Workload): ContenderRequest => ({
  method: 'GET',
  path: restPath,
  headers: { accept: 'application/json' },
  body: null,
})

/** A pool that keeps one connection per session. */
export function openPool(url: string, sessions: number): Pool {
  return new Pool(url, { connections: sessions, keepAliveTimeout: 60_000, bodyTimeout: 30_000, headersTimeout: 30_000 })
}

/** Yoga in Fastify, written in an afternoon. */
export function startPlainYoga(upstream: UpstreamFacts, sessions: number): Promise<Contender> {
  const kind = { name: 'plain Yoga', request: asGraphql, dataOf: dataOfGraphql }
  return startPlain(new URL('plain-yoga/main.ts', import.meta.url), upstream, sessions, kind)
}

/** The same calls to Sentry, joined without GraphQL. */
export function startPlainRest(upstream: UpstreamFacts, sessions: number): Promise<Contender> {
  const kind = { name: 'plain REST', request: asRest, dataOf: (answer: unknown) => answer }
  return startPlain(new URL('plain-rest/main.ts', import.meta.url), upstream, sessions, kind)
}

async function startPlain(
  file: URL,
  { url: sentryUrl, personId }: UpstreamFacts,
  sessionCount: number,
  kind: Pick<Contender, 'name' | 'request' | 'dataOf'>,
): Promise<Contender> {
  const settings: PlainSettings = { sentryUrl, personId, sessionCount }
  const child = startChild(file, { args: [JSON.stringify(settings)] })
  const { url, cookies } = await child.ready<{ url: string; cookies: string[] }>()
  const pool = openPool(url, sessionCount)
  return {
    ...kind,
    child,
    pool,
    cookies,
    async stop() {
      await pool.destroy()
      await child.stop()
    },
  }
}
