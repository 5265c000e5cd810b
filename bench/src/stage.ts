import { deepStrictEqual } from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asGraphql, startPlainRest, startPlainYoga, type Contender } from './contender.ts'
import { findFreePort, launchGateway, startGateway } from './gateway.ts'
import { askOnce } from './load.ts'
import { startChild, type Child } from './processes/child.ts'
import type { UpstreamFacts } from './recorded-upstream.ts'
import { createWorkloads, issueToOpen, type Workload } from './workloads.ts'

/** Everything that runs for a measurement: one upstream, three servers in front of it, each a process of its own. */
export interface Stage {
  upstream: Child
  gateway: Contender
  plainYoga: Contender
  plainRest: Contender
  workloads: Workload[]
  /** Milliseconds from the start of a new gateway process to its first answer of a workload. */
  startCold(workload: Workload): Promise<number>
  close(): Promise<void>
}

/** Starts everything. Every workload has been asked once then, and the upstream answers nothing else any more. */
export async function openStage(sessions: number, execArgv: string[] = []): Promise<Stage> {
  const upstream = startChild(new URL('recorded-upstream.ts', import.meta.url))
  const facts = await upstream.ready<UpstreamFacts>()
  const dataDir = await mkdtemp(join(tmpdir(), 'sentry-graph-bench-'))
  const port = await findFreePort()
  const place = { url: `http://127.0.0.1:${port}`, port, dataDir, upstream: facts }
  const [gateway, plainYoga, plainRest] = await Promise.all([
    startGateway(place, sessions, execArgv),
    startPlainYoga(facts, sessions),
    startPlainRest(facts, sessions),
  ])
  const workloads = createWorkloads(await findShortId(gateway))
  for (const workload of workloads) await compareAnswers([gateway, plainYoga, plainRest], workload)
  await upstream.ask('seal')

  return {
    upstream,
    gateway,
    plainYoga,
    plainRest,
    workloads,
    async startCold(workload) {
      await gateway.child.stop()
      const startedAt = performance.now()
      gateway.child = await launchGateway(place)
      await askOnce(gateway, workload)
      return performance.now() - startedAt
    },
    async close() {
      await Promise.all([gateway, plainYoga, plainRest].map((contender) => contender.stop()))
      await upstream.stop()
      await rm(dataDir, { recursive: true })
    },
  }
}

async function findShortId(gateway: Contender): Promise<string> {
  const question = { query: issueToOpen, variables: {} }
  const data = await askOnce({ ...gateway, request: () => asGraphql(question) }, {} as Workload)
  return (data as { organization: { issues: { nodes: [{ shortId: string }] } } }).organization.issues.nodes[0].shortId
}

/** @throws AssertionError that shows where a server answers something else than the gateway does. */
async function compareAnswers([reference, ...others]: [Contender, ...Contender[]], workload: Workload): Promise<void> {
  const expected = await askOnce(reference, workload)
  for (const other of others) deepStrictEqual(await askOnce(other, workload), expected)
}
