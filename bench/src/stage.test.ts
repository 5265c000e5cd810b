import { afterAll, beforeAll, expect, test } from 'vitest'
import { load } from './load.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage

// The stage opens only where all three servers give the same answers.
beforeAll(async () => {
  stage = await openStage(2)
})

afterAll(() => stage.close())

test('all three servers make the same number of calls to Sentry, so that their work can be compared', async () => {
  const { upstream, gateway, plainYoga, plainRest, workloads } = stage
  for (const workload of workloads) {
    const calls = []
    for (const contender of [gateway, plainYoga, plainRest]) {
      const before = await upstream.ask<number>('calls')
      const { requests } = await load(contender, workload, 'fresh', { extent: { requests: 3 } })
      calls.push(((await upstream.ask<number>('calls')) - before) / requests)
    }
    expect([workload.name, ...new Set(calls)]).toEqual([workload.name, expect.any(Number)])
  }
})

test('a question that was not recorded is an error, not a slow answer', async () => {
  const unheard = {
    ...stage.workloads[0],
    name: 'unheard',
    query: '{ viewer { organizations(query: "x") { nodes { id } } } }',
  }
  await expect(
    load(stage.gateway, { variables: {}, restPath: '', depth: 1, ...unheard }, 'fresh', { extent: { requests: 1 } }),
  ).rejects.toThrow('gateway fails at unheard')
})
