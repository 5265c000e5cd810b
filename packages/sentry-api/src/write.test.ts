import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { clientOf, fixedToken, serve } from '../test/scripted-client.ts'
import { type Answer, json, raw, resetConnection } from '../test/scripted-server.ts'
import type { SentryWrite } from './sentry-client.ts'

const endpoint = '/api/0/organizations/{org}/issues/'
const resolve: SentryWrite = {
  endpoint,
  method: 'PUT',
  parameters: { org: 'acme' },
  query: { id: ['1', '2'] },
  body: { status: 'resolved' },
}
const ok = json(200, { status: 'resolved' })

test('a write is sent as JSON and counted', async () => {
  const bodies: Promise<unknown>[] = []
  const server = await serve((response, request) => {
    bodies.push(text(request).then((body) => [request.headers['content-type'], body]))
    ok(response, request)
  })
  const client = clientOf(server)
  await expect(client.write(resolve)).resolves.toMatchObject({ body: { status: 'resolved' } })
  expect(server.received).toMatchObject([{ method: 'PUT', url: '/api/0/organizations/acme/issues/?id=1&id=2' }])
  expect(await Promise.all(bodies)).toEqual([['application/json', '{"status":"resolved"}']])
  expect(client.calls).toMatchObject([{ endpoint, status: 200 }])
})

const cut: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('half')
  response.socket?.end()
}

describe('a write is never sent twice', () => {
  test.each([
    ['500', raw(500, ''), 'unavailable'],
    ['502', raw(502, ''), 'unavailable'],
    ['503', raw(503, '', { 'retry-after': '1' }), 'unavailable'],
    ['504', raw(504, ''), 'unavailable'],
    ['429', raw(429, '', { 'retry-after': '1' }), 'rate_limited'],
    ['409', json(409, { detail: 'x' }), 'bad_request'],
    ['a connection that breaks', resetConnection, 'unavailable'],
    ['an answer that breaks off', cut, 'unavailable'],
  ])('after %s', async (_, answer, code) => {
    const server = await serve(answer)
    await expect(clientOf(server).write(resolve)).rejects.toMatchObject({ code })
    expect(server.received).toHaveLength(1)
  })

  test('but after a refused access token, which had no effect', async () => {
    const server = await serve(json(401, { detail: 'Token expired' }), ok)
    const accessTokens = { ...fixedToken, replace: () => Promise.resolve('second') }
    await clientOf(server, {}, accessTokens).write(resolve)
    expect(server.received.map(({ accessToken }) => accessToken)).toEqual(['first', 'second'])
  })
})

describe('of a write that failed it is known whether Sentry has got it', () => {
  test.each([
    ['503', raw(503, '')],
    ['a connection that breaks', resetConnection],
    ['an answer that breaks off', cut],
  ])('and after %s it may have', async (_, answer) => {
    const server = await serve(answer)
    await expect(clientOf(server).write(resolve)).rejects.toMatchObject({ isUnsent: false })
    expect(server.received).toHaveLength(1)
  })

  test('and after silence it may have', async () => {
    const controller = new AbortController()
    const server = await serve(() => controller.abort())
    const client = clientOf(server, {}, fixedToken, 30, controller.signal)
    await expect(client.write(resolve)).rejects.toMatchObject({ code: 'timeout', isUnsent: false })
    expect(server.received).toHaveLength(1)
  })

  test('and it has not where nobody listens', async () => {
    const server = await serve(ok)
    const client = clientOf(server)
    await server.close()
    await expect(client.write(resolve)).rejects.toMatchObject({ code: 'unavailable', isUnsent: true })
  })
})

test.each([202, 204])('a deletion that is answered by %i and nothing else has happened', async (status) => {
  const server = await serve(raw(status, ''))
  const deletion: SentryWrite = { ...resolve, method: 'DELETE', body: null }
  await expect(clientOf(server).write(deletion)).resolves.toMatchObject({ body: null })
  expect(server.received).toMatchObject([{ method: 'DELETE' }])
})

test('what was read before a write is asked again after it', async () => {
  const server = await serve(json(200, ['before']), ok, json(200, ['after']))
  const client = clientOf(server)
  const request = { endpoint, parameters: { org: 'acme' } }
  await client.get(request)
  await client.get(request)
  await client.write(resolve)
  await expect(client.get(request)).resolves.toMatchObject({ body: ['after'] })
  expect(client.calls).toHaveLength(3)
  expect(client.reuses).toMatchObject([{ endpoint, kind: 'cached' }])
})
