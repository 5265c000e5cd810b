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

test('what an operation has made is gone with the next collection of young objects', async () => {
  const { gateway, workloads } = stage
  const projects = workloads.find(({ name }) => name === 'projects')
  if (projects === undefined) throw new Error('There is such a workload.')
  await load(gateway, projects, 'fresh', { extent: { requests: 50 } })
  await gateway.child.usage({ collectGarbage: true })
  await load(gateway, projects, 'fresh', { extent: { requests: 200 } })
  // Held by what is garbage itself, it would be some 50 MB: see docs/decisions/0025-no-getters-in-object-literals.md.
  expect(await gateway.child.ask<number>('oldGarbage')).toBeLessThan(15 * 1024 * 1024)
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
