import type { Contender } from './contender.ts'
import { load, type Freshness } from './load.ts'
import { median, percentile } from './median.ts'
import type { Child } from './processes/child.ts'
import type { Workload } from './workloads.ts'

/** One server under one workload. */
export interface Subject {
  contender: Contender
  freshness: Freshness
}

/** Medians over the rounds. */
export interface Measurement {
  workload: string
  contender: string
  freshness: Freshness
  requestsPerSecond: number
  /** Milliseconds. */
  p50: number
  p99: number
  /** Seconds of the server’s process. */
  cpuPerThousand: number
  upstreamCallsPerRequest: number
  /** Megabytes after the load: of the process, and of its heap after a garbage collection. */
  rss: number
  heap: number
}

type Round = Omit<Measurement, 'workload' | 'contender' | 'freshness' | 'heap'>

const megabyte = 1024 * 1024

/**
 * Measures the subjects in turns, round after round, so that what disturbs the machine disturbs all of them; each round
 * begins with another one.
 */
export async function measure(
  subjects: readonly Subject[],
  workload: Workload,
  upstream: Child,
  { rounds, milliseconds }: { rounds: number; milliseconds: number },
): Promise<Measurement[]> {
  const results = new Map(subjects.map((subject) => [subject, [] as Round[]]))
  for (const subject of subjects) await measureRound(subject, workload, upstream, milliseconds)
  for (let round = 0; round < rounds; round++) {
    for (const index of subjects.keys()) {
      const subject = subjects[(round + index) % subjects.length]
      if (subject) results.get(subject)?.push(await measureRound(subject, workload, upstream, milliseconds))
    }
  }
  const measurements: Measurement[] = []
  for (const [{ contender, freshness }, measured] of results) {
    // Not between the rounds: with its garbage V8 forgets much of the code that it has made fast.
    const { heap } = await contender.child.usage({ collectGarbage: true })
    const facts = { workload: workload.name, contender: contender.name, freshness, heap: heap / megabyte }
    measurements.push({ ...facts, ...medians(measured) })
  }
  return measurements
}

async function measureRound(
  { contender, freshness }: Subject,
  workload: Workload,
  upstream: Child,
  milliseconds: number,
): Promise<Round> {
  const callsBefore = await upstream.ask<number>('calls')
  const before = await contender.child.usage()
  const { requests, elapsed, latencies } = await load(contender, workload, freshness, { extent: { milliseconds } })
  const after = await contender.child.usage()
  const calls = (await upstream.ask<number>('calls')) - callsBefore
  return {
    requestsPerSecond: (requests / elapsed) * 1000,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    cpuPerThousand: (after.cpu - before.cpu) / 1000 / requests,
    upstreamCallsPerRequest: calls / requests,
    rss: after.rss / megabyte,
  }
}

function medians(rounds: readonly Round[]): Round {
  const of = (read: (round: Round) => number) => median(rounds.map(read))
  return {
    requestsPerSecond: of((round) => round.requestsPerSecond),
    p50: of((round) => round.p50),
    p99: of((round) => round.p99),
    cpuPerThousand: of((round) => round.cpuPerThousand),
    upstreamCallsPerRequest: of((round) => round.upstreamCallsPerRequest),
    rss: of((round) => round.rss),
  }
}

/** What a question takes when every call to Sentry does. */
export interface DelayedMeasurement {
  workload: string
  contender: string
  /** Milliseconds. */
  p50: number
  /** Beyond the calls that have to wait for each other. */
  overCriticalPath: number
}

/** Asks one question after another while each upstream answer is held back. */
export async function measureDelayed(
  contenders: readonly Contender[],
  workload: Workload,
  upstream: Child,
  { delay, requests }: { delay: number; requests: number },
): Promise<DelayedMeasurement[]> {
  const taken = new Map(contenders.map((contender) => [contender, [] as number[]]))
  await upstream.ask('delay', delay)
  for (let count = 0; count < requests; count++) {
    for (const contender of contenders) {
      const { latencies } = await load(contender, workload, 'fresh', { extent: { requests: 1 }, sessions: 1 })
      taken.get(contender)?.push(...latencies)
    }
  }
  await upstream.ask('delay', 0)
  return [...taken].map(([{ name }, latencies]) => {
    const p50 = median(latencies)
    return { workload: workload.name, contender: name, p50, overCriticalPath: p50 - workload.depth * delay }
  })
}

/** A server’s memory while it answers many requests. */
export interface Soak {
  workload: string
  requests: number
  /** Megabytes of heap after garbage collections at equal distances; the first after a tenth of the requests. */
  heap: number[]
  rss: number[]
}

/** Watches the memory of a server over many requests. */
export async function soak(contender: Contender, workload: Workload, requests: number): Promise<Soak> {
  const heap: number[] = []
  const rss: number[] = []
  for (let part = 0; part < 10; part++) {
    await load(contender, workload, 'fresh', { extent: { requests: requests / 10 } })
    const usage = await contender.child.usage({ collectGarbage: true })
    heap.push(usage.heap / megabyte)
    rss.push(usage.rss / megabyte)
  }
  return { workload: workload.name, requests, heap, rss }
}
