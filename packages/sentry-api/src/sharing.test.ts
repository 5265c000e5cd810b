import { EventEmitter, once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { apiOf, openClient, serve } from '../test/scripted-client.ts'
import { type Answer, json } from '../test/scripted-server.ts'
import { createGrantTraffic } from './grant-traffic.ts'
import { getPage } from './page.ts'
import type { SentryRequest, SentryWrite } from './sentry-client.ts'

const endpoint = '/api/0/organizations/{org}/'
const request: SentryRequest = { endpoint, parameters: { org: 'acme' }, lifetime: 60_000 }
const write: SentryWrite = { endpoint, parameters: { org: 'acme' }, method: 'PUT', body: {} }

/** Tells each answer apart. */
function counting(): Answer {
  let count = 0
  return (response, received) => json(200, { count: ++count })(response, received)
}

/** Answers nothing until it is told to; `arrived` has the calls that wait. */
function held() {
  const arrived: ServerResponse[] = []
  const arrivals = new EventEmitter()
  const answer: Answer = (response) => {
    arrived.push(response)
    arrivals.emit('call')
  }
  return {
    arrived,
    answer,
    arrival: () => once(arrivals, 'call'),
    release: (body: unknown) => {
      for (const response of arrived.splice(0)) {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      }
    },
  }
}

describe('operations of one grant', () => {
  test('share a call that is under way', async () => {
    const { answer, arrival, release } = held()
    const server = await serve(answer)
    const [api, traffic] = [apiOf(server), createGrantTraffic()]
    const [first, second] = [openClient(api, { traffic }), openClient(api, { traffic })]
    const arrived = arrival()
    const answers = [first.get(request), second.get(request)]
    await arrived
    release({ id: 1 })
    expect(await Promise.all(answers)).toMatchObject([{ body: { id: 1 } }, { body: { id: 1 } }])
    expect(server.received).toHaveLength(1)
    expect([first.calls.length, second.calls.length]).toEqual([1, 0])
    expect(second.reuses).toEqual([{ endpoint, origin: server.url, kind: 'shared' }])
  })

  test('get the answer of an earlier one while its lifetime lasts, and one that may not be remembered never', async () => {
    const server = await serve(counting())
    let time = 0
    const [api, traffic] = [apiOf(server), createGrantTraffic(undefined, () => time)]
    const ask = async ({ lifetime }: { lifetime?: number }) => {
      const { lifetime: _, ...unremembered } = request
      const client = openClient(api, { traffic })
      const { body } = await client.get(lifetime === undefined ? unremembered : { ...unremembered, lifetime })
      return [body, client.reuses.map(({ kind }) => kind)]
    }
    expect(await ask({ lifetime: 60_000 })).toEqual([{ count: 1 }, []])
    expect(await ask({ lifetime: 60_000 })).toEqual([{ count: 1 }, ['cached']])
    expect(await ask({})).toEqual([{ count: 2 }, []])
    time = 60_000
    expect(await ask({ lifetime: 60_000 })).toEqual([{ count: 3 }, []])
  })

  test('get the same records, read once', async () => {
    const server = await serve(json(200, [{ id: 1 }]))
    const [api, traffic] = [apiOf(server), createGrantTraffic()]
    let readings = 0
    const shape = z.object({ id: z.number() }).transform((record) => ({ ...record, reading: ++readings }))
    const list = () => getPage(openClient(api, { traffic }), request, {}, shape)
    const [one, other] = [await list(), await list()]
    expect(readings).toBe(1)
    expect(one).toBe(other)
  })

  test('do not share a failure after it has come', async () => {
    const server = await serve(json(404, {}), json(200, {}))
    const [api, traffic] = [apiOf(server), createGrantTraffic()]
    await expect(openClient(api, { traffic }).get(request)).rejects.toMatchObject({ code: 'not_found' })
    await expect(openClient(api, { traffic }).get(request)).resolves.toMatchObject({ body: {} })
  })

  test('that want it fresh neither join nor repeat, and leave the newer answer to the others', async () => {
    const server = await serve(counting())
    const [api, traffic] = [apiOf(server), createGrantTraffic()]
    const ask = async (fresh: boolean) => (await openClient(api, { traffic, fresh }).get(request)).body
    expect(await ask(false)).toEqual({ count: 1 })
    expect(await ask(true)).toEqual({ count: 2 })
    expect(await ask(false)).toEqual({ count: 2 })
    await Promise.all([ask(true), ask(true)])
    expect(server.received).toHaveLength(4)
  })
})

describe('of two grants', () => {
  test('each asks for itself, at the same time and later', async () => {
    const server = await serve(counting())
    const api = apiOf(server)
    const [mine, yours] = [createGrantTraffic(), createGrantTraffic()]
    await Promise.all([mine, yours].map((traffic) => openClient(api, { traffic }).get(request)))
    await Promise.all([mine, yours].map((traffic) => openClient(api, { traffic }).get(request)))
    expect(server.received).toHaveLength(2)
  })
})

describe('a write', () => {
  test('makes what was read before it stale, also for other operations', async () => {
    const server = await serve(counting())
    const [api, traffic] = [apiOf(server), createGrantTraffic()]
    await openClient(api, { traffic }).get(request)
    await openClient(api, { traffic }).write(write)
    expect(await openClient(api, { traffic }).get(request)).toMatchObject({ body: { count: 3 } })
  })

  test('that fails does as well: nobody knows whether it has happened', async () => {
    const server = await serve(json(200, 'before'), json(503, {}), json(200, 'after'))
    const [api, traffic] = [apiOf(server), createGrantTraffic()]
    await openClient(api, { traffic }).get(request)
    await expect(openClient(api, { traffic }).write(write)).rejects.toMatchObject({ code: 'unavailable' })
    expect(await openClient(api, { traffic }).get(request)).toMatchObject({ body: 'after' })
  })

  test('makes stale what is still under way: it was asked before', async () => {
    const { answer, arrival, release } = held()
    const server = await serve(answer, json(200, {}), json(200, 'after'))
    const [api, traffic] = [apiOf(server), createGrantTraffic()]
    const arrived = arrival()
    const before = openClient(api, { traffic }).get(request)
    await arrived
    await openClient(api, { traffic }).write(write)
    const after = openClient(api, { traffic }).get(request)
    expect(await after).toMatchObject({ body: 'after' })
    release('before')
    expect(await before).toMatchObject({ body: 'before' })
    expect(await openClient(api, { traffic }).get(request)).toMatchObject({ body: 'after' })
  })
})

describe('of those who wait for one call', () => {
  test('one that goes away takes nothing from the others', async () => {
    const { answer, arrival, release } = held()
    const server = await serve(answer)
    const [api, traffic, controller] = [apiOf(server), createGrantTraffic(), new AbortController()]
    const arrived = arrival()
    const gone = openClient(api, { traffic, signal: controller.signal }).get(request)
    const patient = openClient(api, { traffic }).get(request)
    await arrived
    controller.abort()
    await expect(gone).rejects.toMatchObject({ code: 'timeout' })
    release({ id: 1 })
    await expect(patient).resolves.toMatchObject({ body: { id: 1 } })
    expect(server.received).toHaveLength(1)
  })

  test('each waits for its own time: one that comes late does not end with the first', async () => {
    const { answer, arrival, release } = held()
    const server = await serve(answer)
    const [hasty, patient] = [apiOf(server, { timeout: 50 }), apiOf(server, { timeout: 60_000 })]
    const traffic = createGrantTraffic()
    const arrived = arrival()
    const first = openClient(hasty, { traffic }).get(request)
    const second = openClient(patient, { traffic }).get(request)
    await arrived
    await expect(first).rejects.toMatchObject({ code: 'timeout' })
    release({ id: 1 })
    await expect(second).resolves.toMatchObject({ body: { id: 1 } })
  })

  test('the last one takes the connection along, and whoever comes then asks anew', async () => {
    const { answer, arrival, arrived: waiting } = held()
    const server = await serve(answer, json(200, {}))
    const [api, traffic, controller] = [apiOf(server), createGrantTraffic(), new AbortController()]
    const arrived = arrival()
    const gone = openClient(api, { traffic, signal: controller.signal }).get(request)
    await arrived
    const socket = waiting[0]?.socket
    if (!socket) throw new Error('Nothing has arrived')
    const closed = once(socket, 'close')
    controller.abort()
    const next = openClient(api, { traffic }).get(request)
    await expect(gone).rejects.toMatchObject({ code: 'timeout' })
    await expect(next).resolves.toMatchObject({ body: {} })
    await closed
  })

  test('one whose calls are used up is no limit to the others', async () => {
    const server = await serve(json(401, {}), json(200, { id: 1 }))
    const [api, traffic] = [apiOf(server), createGrantTraffic()]
    const accessTokens = { current: () => Promise.resolve('first'), replace: () => Promise.resolve('second') }
    const poor = openClient(api, { traffic, accessTokens, maxCalls: 1 }).get(request)
    const rich = openClient(api, { traffic, accessTokens }).get(request)
    await expect(poor).rejects.toMatchObject({ code: 'budget_exceeded' })
    await expect(rich).resolves.toMatchObject({ body: { id: 1 } })
  })
})
