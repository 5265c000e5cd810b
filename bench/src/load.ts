import type { Contender } from './contender.ts'
import type { Workload } from './workloads.ts'

/** Whether a server may give again what it has from Sentry. */
export type Freshness = 'fresh' | 'repeated'

/** How long to go on. */
export type Extent = { milliseconds: number } | { requests: number }

/** What a load saw. */
export interface LoadResult {
  requests: number
  /** Milliseconds from the first request to the last answer. */
  elapsed: number
  /** Milliseconds of each request, ascending. */
  latencies: Float64Array
}

/**
 * Asks the same over and over, one request at a time on each of so many sessions, each of them on its own connection.
 * @throws Error for an answer that is none.
 */
export async function load(
  contender: Contender,
  workload: Workload,
  freshness: Freshness,
  { extent, sessions }: { extent: Extent; sessions?: number },
): Promise<LoadResult> {
  const ask = createAsker(contender, workload, freshness)
  const latencies: number[] = []
  const startedAt = performance.now()
  const goesOn = goesOnUntil(extent, startedAt)
  const askOnAndOn = async (cookie: string) => {
    while (goesOn()) latencies.push(await ask(cookie))
  }
  await Promise.all(contender.cookies.slice(0, sessions).map(askOnAndOn))
  return {
    requests: latencies.length,
    elapsed: performance.now() - startedAt,
    latencies: Float64Array.from(latencies).sort(),
  }
}

function goesOnUntil(extent: Extent, startedAt: number): () => boolean {
  if ('milliseconds' in extent) return () => performance.now() < startedAt + extent.milliseconds
  let begun = 0
  return () => begun++ < extent.requests
}

function createAsker(contender: Contender, workload: Workload, freshness: Freshness) {
  const { name, pool } = contender
  const { headers, ...rest } = contender.request(workload)
  const always = freshness === 'fresh' ? { ...headers, 'cache-control': 'no-cache' } : headers
  return async (cookie: string): Promise<number> => {
    const startedAt = performance.now()
    const { statusCode, body } = await pool.request({ ...rest, headers: { ...always, cookie } })
    const text = await body.text()
    const took = performance.now() - startedAt
    if (statusCode !== 200 || text.includes('"errors":[')) {
      throw new Error(`${name} fails at ${workload.name}: ${statusCode} ${text.slice(0, 500)}`)
    }
    return took
  }
}

/** The parsed answer of one request. */
export async function askOnce(contender: Contender, workload: Workload): Promise<unknown> {
  const { headers, ...rest } = contender.request(workload)
  const cookie = contender.cookies[0] ?? ''
  const { body } = await contender.pool.request({ ...rest, headers: { ...headers, cookie } })
  return contender.dataOf(await body.json())
}
