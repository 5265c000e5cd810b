import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { clientOf, fixedToken, serve } from '../test/scripted-client.ts'
import { type Answer, json, raw, resetConnection, silence } from '../test/scripted-server.ts'
import { findProject } from './resources/projects.ts'
import type { AccessTokens } from './sentry-client.ts'

const endpoint = '/api/0/organizations/{org}/'
const request = { endpoint, parameters: { org: 'acme' } }
const ok = json(200, { id: '1' })

function rotating() {
  const rejected: string[] = []
  const accessTokens: AccessTokens = {
    current: () => Promise.resolve('first'),
    replace: (token) => Promise.resolve(rejected.push(token)).then(() => 'second'),
  }
  return { rejected, accessTokens }
}

const moved = (slug: string, location: string) =>
  json(302, { slug, detail: { code: 'resource-moved', message: 'x', extra: { url: location, slug } } }, { location })

describe('retries', () => {
  test.each([
    ['502', raw(502, '<html>Bad Gateway</html>', { 'content-type': 'text/html' })],
    ['503', raw(503, '')],
    ['504', raw(504, '')],
    ['a connection that breaks', resetConnection],
    ['an answer that breaks off', raw(200, 'half', { 'content-length': '100', 'content-type': 'application/json' })],
  ])('%s is asked once more', async (_, failure) => {
    const cut: Answer = (response, received) => {
      failure(response, received)
      response.socket?.end()
    }
    const server = await serve(cut, ok)
    const client = clientOf(server)
    await expect(client.get(request)).resolves.toMatchObject({ body: { id: '1' } })
    expect(client.calls).toHaveLength(2)
  })

  test('the fourth failure is the answer', async () => {
    const server = await serve(raw(503, ''))
    await expect(clientOf(server).get(request)).rejects.toMatchObject({ code: 'unavailable', status: 503 })
    expect(server.received).toHaveLength(4)
  })

  test('none fits when the calls are used up', async () => {
    const server = await serve(raw(503, ''))
    await expect(clientOf(server, {}, fixedToken, 1).get(request)).rejects.toMatchObject({ code: 'unavailable' })
    expect(server.received).toHaveLength(1)
  })

  test('the connection of nobody is unavailable', async () => {
    const server = await serve(ok)
    const client = clientOf(server)
    await server.close()
    await expect(client.get(request)).rejects.toMatchObject({ code: 'unavailable', status: null })
    expect(client.calls.map(({ status }) => status)).toEqual([null, null, null, null])
  })
})

describe('the deadline', () => {
  test('ends a call that nobody answers', async () => {
    const server = await serve(silence)
    await expect(clientOf(server, { timeout: 50 }).get(request)).rejects.toMatchObject({ code: 'timeout' })
  })

  test('covers the body', async () => {
    const server = await serve((response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('[')
    })
    await expect(clientOf(server, { timeout: 100 }).get(request)).rejects.toMatchObject({ code: 'timeout' })
  })

  test('is one for all calls of the operation', async () => {
    const server = await serve(silence)
    const client = clientOf(server, { timeout: 50 })
    await expect(client.get(request)).rejects.toMatchObject({ code: 'timeout' })
    await expect(client.get({ endpoint: '/api/0/auth/' })).rejects.toMatchObject({ code: 'timeout' })
    expect(client.calls).toMatchObject([{ endpoint }])
  })
})

describe('when nobody waits any more', () => {
  test('a call under way ends at once, and none follows', async () => {
    const controller = new AbortController()
    const server = await serve(() => controller.abort())
    const client = clientOf(server, { timeout: 600_000 }, fixedToken, 30, controller.signal)
    await expect(client.get(request)).rejects.toMatchObject({ code: 'timeout' })
    await expect(client.get({ endpoint: '/api/0/auth/' })).rejects.toMatchObject({ code: 'timeout' })
    expect(server.received).toHaveLength(1)
  })
})

describe('access tokens', () => {
  const invalid = json(401, { detail: 'Invalid token' })

  test('are replaced once when Sentry refuses one', async () => {
    const server = await serve(json(401, { detail: 'Token expired' }), ok)
    const { rejected, accessTokens } = rotating()
    await clientOf(server, {}, accessTokens).get(request)
    expect(rejected).toEqual(['first'])
    expect(server.received.map(({ accessToken }) => accessToken)).toEqual(['first', 'second'])
  })

  test('that are refused again are unauthenticated', async () => {
    const server = await serve(invalid)
    await expect(clientOf(server, {}, rotating().accessTokens).get(request)).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    expect(server.received).toHaveLength(2)
  })

  test('stay when the organization wants single sign-on', async () => {
    const server = await serve(json(401, { detail: { code: 'sso-required', message: 'x', extra: {} } }))
    const { rejected, accessTokens } = rotating()
    await expect(clientOf(server, {}, accessTokens).get(request)).rejects.toMatchObject({ code: 'sso_required' })
    expect(rejected).toEqual([])
  })

  test('that cannot be replaced end with the reason of whoever keeps them', async () => {
    const server = await serve(invalid)
    await expect(clientOf(server).get(request)).rejects.toThrow('No other access token.')
  })
})

describe('where the access token goes', () => {
  test('a client that believed the region URL would hand it to anybody', async () => {
    const capture = await serve(ok)
    const regionUrl = capture.url
    await fetch(`${regionUrl}/api/0/organizations/acme/`, { headers: { authorization: 'Bearer first' } })
    expect(capture.received).toMatchObject([{ accessToken: 'first' }])
  })

  test('a region outside the list gets nothing', async () => {
    const capture = await serve(ok)
    const server = await serve(ok)
    await expect(clientOf(server).get({ ...request, regionUrl: capture.url })).rejects.toMatchObject({
      code: 'untrusted_origin',
    })
    expect(capture.received).toEqual([])
    expect(server.received).toEqual([])
  })

  test('an allowed region is asked itself, an empty region URL means the control host', async () => {
    const region = await serve(ok)
    const server = await serve(ok)
    const client = clientOf(server, { allowedOrigins: [region.url] })
    await client.get({ ...request, regionUrl: region.url })
    await client.get({ ...request, regionUrl: '' })
    expect(region.received).toHaveLength(1)
    expect(server.received).toHaveLength(1)
  })

  test('a redirect is not followed', async () => {
    const capture = await serve(ok)
    const server = await serve(raw(302, '', { location: `${capture.url}/api/0/` }))
    await expect(clientOf(server).get(request)).rejects.toMatchObject({ code: 'invalid_response' })
    expect(capture.received).toEqual([])
  })

  test('a renamed project is asked by its new slug, wherever the redirect points', async () => {
    const capture = await serve(ok)
    const server = await serve(
      moved('new', `${capture.url}/api/0/projects/acme/new/`),
      json(200, { id: 1, slug: 'new' }),
    )
    const project = await findProject(clientOf(server), { idOrSlug: 'acme', regionUrl: null }, 'old')
    expect(project).toMatchObject({ id: '1', slug: 'new' })
    expect(server.received[1]?.url).toBe('/api/0/projects/acme/new/?collapse=organization')
    expect(capture.received).toEqual([])
  })

  test('a project that moves again and again is not chased', async () => {
    const server = await serve(moved('new', '/x'), moved('newer', '/y'))
    const project = findProject(clientOf(server), { idOrSlug: 'acme', regionUrl: null }, 'old')
    await expect(project).rejects.toMatchObject({ code: 'invalid_response', status: 302 })
    expect(server.received).toHaveLength(2)
  })

  test('a project that moves to where it is is an answer that cannot be understood', async () => {
    const server = await serve(moved('old', '/x'))
    const project = findProject(clientOf(server), { idOrSlug: 'acme', regionUrl: null }, 'old')
    await expect(project).rejects.toMatchObject({ code: 'invalid_response', status: 302 })
    expect(server.received).toHaveLength(1)
  })

  test('two projects that each claim to be the other do not wait for each other', async () => {
    const server = await serve((response, received) => {
      const other = received.url?.includes('/one/') ? 'two' : 'one'
      moved(other, '/x')(response, received)
    })
    const client = clientOf(server)
    const projects = ['one', 'two'].map((slug) => findProject(client, { idOrSlug: 'acme', regionUrl: null }, slug))
    const failure = { status: 'rejected', reason: { code: 'invalid_response', status: 302 } }
    expect(await Promise.allSettled(projects)).toMatchObject([failure, failure])
  })
})

describe('size', () => {
  const bomb = Buffer.from(JSON.stringify('0'.repeat(30 * 1024 * 1024)))

  test.each([
    ['gzip', gzipSync(bomb)],
    ['br', brotliCompressSync(bomb)],
  ])('a %s bomb, small on the wire, is cut short', async (encoding, body) => {
    expect(body.length).toBeLessThan(100 * 1024)
    const server = await serve(raw(200, body, { 'content-type': 'application/json', 'content-encoding': encoding }))
    await expect(clientOf(server, { maxResponseBytes: 1024 * 1024 }).get(request)).rejects.toMatchObject({
      code: 'invalid_response',
    })
  })

  test('a plain body over the limit is cut short', async () => {
    const server = await serve(raw(200, bomb, { 'content-type': 'application/json' }))
    await expect(clientOf(server, { maxResponseBytes: 1024 }).get(request)).rejects.toMatchObject({
      code: 'invalid_response',
    })
  })

  test('an error page over the limit is still its status', async () => {
    const server = await serve(raw(404, bomb))
    await expect(clientOf(server, { maxResponseBytes: 1024 }).get(request)).rejects.toMatchObject({ code: 'not_found' })
  })

  test.each([
    ['gzip', gzipSync('{"id":"1"}')],
    ['br', brotliCompressSync('{"id":"1"}')],
    ['identity', Buffer.from('{"id":"1"}')],
  ])('an honest %s body is read', async (encoding, body) => {
    const server = await serve(raw(200, body, { 'content-type': 'application/json', 'content-encoding': encoding }))
    await expect(clientOf(server).get(request)).resolves.toMatchObject({ body: { id: '1' } })
  })
})

describe('one operation', () => {
  test('asks the same thing once, also while the first call is under way', async () => {
    const server = await serve(ok)
    const client = clientOf(server)
    await Promise.all([client.get(request), client.get(request)])
    await client.get(request)
    await client.get({ ...request, query: { detailed: 0 } })
    expect(server.received).toHaveLength(2)
  })

  test('stops at its number of calls, before the next one is made', async () => {
    const server = await serve(ok)
    const client = clientOf(server, {}, fixedToken, 2)
    await client.get({ endpoint: '/api/0/auth/' })
    await client.get({ endpoint: '/api/0/' })
    await expect(client.get(request)).rejects.toMatchObject({ code: 'budget_exceeded', endpoint })
    expect(server.received).toHaveLength(2)
  })

  test('records its calls by template, and what they say of rate limits', async () => {
    const limits = {
      'x-sentry-rate-limit-limit': '40',
      'x-sentry-rate-limit-remaining': '39',
      'x-sentry-rate-limit-reset': '1700000000',
      'x-sentry-rate-limit-concurrentlimit': '25',
    }
    const server = await serve(json(200, {}, limits))
    const client = clientOf(server)
    await client.get(request)
    expect(client.calls).toMatchObject([{ endpoint, origin: server.url, status: 200 }])
    expect(client.rateLimits.entries()).toEqual([
      {
        endpoint,
        origin: server.url,
        limit: 40,
        remaining: 39,
        resetAt: new Date(1_700_000_000_000),
        concurrentLimit: 25,
        concurrentRemaining: null,
      },
    ])
  })

  test('refuses a hostile path segment before any call', async () => {
    const server = await serve(ok)
    await expect(clientOf(server).get({ endpoint, parameters: { org: '..' } })).rejects.toMatchObject({
      code: 'invalid_path_segment',
    })
    expect(server.received).toEqual([])
  })
})
