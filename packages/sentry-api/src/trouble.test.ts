import { once } from 'node:events'
import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { apiOf, openClient, serve } from '../test/scripted-client.ts'
import { type Answer, json, raw, resetConnection } from '../test/scripted-server.ts'
import type { SentryRequest } from './sentry-client.ts'

const issues: SentryRequest = { endpoint: '/api/0/organizations/{org}/issues/', parameters: { org: 'acme' } }
const teams: SentryRequest = { endpoint: '/api/0/organizations/{org}/teams/', parameters: { org: 'acme' } }
const ok = json(200, {})

/** No host is taken for dead, and no repeated attempt is earned by time. */
const standstill = { now: () => 0 }

/** At a standstill: one for each client, the hundred repeated ones in hand, and one more for ten first attempts. */
const mostCalls = (clients: number) => clients + 100 + clients / 10

/** Hangs for issues, and answers everything else; `hanging` has the connections of those that hang. */
function hangingForIssues() {
  const hanging = new Set<Socket>()
  const answer: Answer = (response, request) => {
    if (request.url?.includes('/issues/')) hanging.add(request.socket)
    else ok(response, request)
  }
  return { hanging, answer }
}

describe('a hundred calls that hang', () => {
  test('at one region leave another one and other endpoints of their own alone, and end with their callers', async () => {
    const { hanging, answer } = hangingForIssues()
    const [control, region] = [await serve(ok), await serve(answer)]
    const api = apiOf(control, { allowedOrigins: [region.url], timeout: 600_000 })
    const controller = new AbortController()
    const hung = Array.from({ length: 100 }, () =>
      openClient(api, { signal: controller.signal }).get({ ...issues, regionUrl: region.url }),
    )
    const ended = Promise.allSettled(hung)
    await openClient(api).get(issues)
    await openClient(api).get({ ...teams, regionUrl: region.url })

    const closed = Promise.all([...hanging].map((socket) => once(socket, 'close')))
    controller.abort()
    const reasons = (await ended).map((outcome) => outcome.status === 'rejected' && outcome.reason.code)
    expect(new Set(reasons)).toEqual(new Set(['timeout']))
    await closed
    await openClient(api).get({ ...teams, regionUrl: region.url })
  })
})

describe('repeated attempts do not multiply', () => {
  test.each([
    ['503', raw(503, '')],
    ['a connection that breaks', resetConnection],
  ])('fifty clients at a Sentry that is dead make far fewer calls than each would alone: %s', async (_, failure) => {
    const server = await serve(failure)
    const api = apiOf(server, standstill)
    await Promise.allSettled(Array.from({ length: 50 }, () => openClient(api).get(issues)))
    expect(server.received.length).toBeLessThanOrEqual(mostCalls(50))
  })

  test('with three hundred there is little more than a call for each, where each alone would make four', async () => {
    const server = await serve(raw(503, ''))
    const alone = openClient(apiOf(server, standstill))
    await expect(alone.get(issues)).rejects.toMatchObject({ code: 'unavailable', status: 503 })
    expect(alone.calls).toHaveLength(4)
    const api = apiOf(server, standstill)
    const clients = Array.from({ length: 300 }, () => openClient(api))
    await Promise.allSettled(clients.map((client) => client.get(issues)))
    const calls = clients.reduce((sum, client) => sum + client.calls.length, 0)
    expect(calls).toBeLessThanOrEqual(mostCalls(300))
  })
})

describe('a Sentry that flaps is invisible to those who read', () => {
  test.each([
    ['503', raw(503, '')],
    ['a connection that breaks', resetConnection],
  ])('when one call of four fails twice: %s', async (_, failure) => {
    const attempts = new Map<string, number>()
    const server = await serve((response, request) => {
      const attempt = (attempts.get(request.url ?? '') ?? 0) + 1
      attempts.set(request.url ?? '', attempt)
      const isFailing = Number(request.url?.split('=')[1]) % 4 === 0 && attempt <= 2
      return (isFailing ? failure : ok)(response, request)
    })
    const api = apiOf(server, standstill)
    const pages = Array.from({ length: 200 }, (_page, page) => page)
    await Promise.all(pages.map((page) => openClient(api).get({ ...issues, query: { page } })))
    expect(server.received).toHaveLength(200 + 100)
  })

  // The shortest pauses add up to 1.3 s.
  test('when it is away for a second', async () => {
    let since: number | null = null
    const server = await serve((response, request) => {
      since ??= performance.now()
      return (performance.now() - since < 1000 ? raw(502, '') : ok)(response, request)
    })
    const api = apiOf(server, standstill)
    const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => openClient(api).get(issues)))
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['fulfilled']))
  })
})
