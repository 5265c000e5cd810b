import { afterEach, describe, expect, test } from 'vitest'
import { startGateway, type TestGateway } from '../gateway.fixture.ts'

let gateway: TestGateway

afterEach(() => gateway.close())

const ask = (headers: Record<string, string> = {}, remoteAddress = '192.0.2.1', url = '/api/auth/me') =>
  gateway.app.inject({ url, headers, remoteAddress })

describe('an address that asks too often', () => {
  test('is told when to come back, as a program', async () => {
    gateway = await startGateway({ AUTH_RATE_LIMIT: '2' })
    await ask()
    await ask()
    const answer = await ask({ accept: 'application/json' })
    expect(answer.statusCode).toBe(429)
    expect(answer.headers['retry-after']).toMatch(/^\d+$/)
    expect(answer.json()).toEqual({ error: 'rate_limited', id: expect.any(String) })
    expect(gateway.log()).toContainEqual(expect.objectContaining({ event: 'sign_in.failed', code: 'rate_limited' }))
  })

  test('is told so as a page, which moves on to the error page', async () => {
    gateway = await startGateway({ AUTH_RATE_LIMIT: '1' })
    await ask()
    const answer = await ask({}, '192.0.2.1', '/api/auth/login')
    expect(answer.statusCode).toBe(429)
    expect(answer.headers['retry-after']).toMatch(/^\d+$/)
    expect(answer.headers['content-type']).toContain('text/html')
    expect(answer.body).toMatch(/content="0;url=\/auth\/error\?code=rate_limited&amp;id=[0-9a-f-]{36}"/)
    expect(answer.cookies).toEqual([])
  })

  test('does not stand in the way of another, or of the graph', async () => {
    gateway = await startGateway({ AUTH_RATE_LIMIT: '1' })
    await ask()
    expect((await ask()).statusCode).toBe(429)
    expect((await ask({}, '192.0.2.2')).statusCode).toBe(401)
    expect((await ask({}, '192.0.2.1', '/healthz')).statusCode).toBe(200)
  })

  test('is not forgotten because it invents X-Forwarded-For', async () => {
    gateway = await startGateway({ AUTH_RATE_LIMIT: '1' })
    await ask({ 'x-forwarded-for': '198.51.100.1' })
    expect((await ask({ 'x-forwarded-for': '198.51.100.2' })).statusCode).toBe(429)
  })

  test('behind a proxy is the one that the proxy saw, whatever stands further left', async () => {
    gateway = await startGateway({ AUTH_RATE_LIMIT: '1', TRUST_PROXY: '1' })
    await ask({ 'x-forwarded-for': '198.51.100.1' })
    expect((await ask({ 'x-forwarded-for': '198.51.100.2' })).statusCode).toBe(401)
    expect((await ask({ 'x-forwarded-for': '203.0.113.9, 198.51.100.1' })).statusCode).toBe(429)
  })
})

test.each([
  '/api/auth',
  '/api/auth/',
  '/api/auth/login/',
  '/api/auth/callback/more',
  '/api/auth/refresh',
  '/api/nothing',
])('%s is nothing', async (url) => {
  gateway = await startGateway()
  const answer = await gateway.app.inject({ url })
  expect(answer.statusCode).toBe(404)
  expect(answer.json()).toEqual({ error: 'not_found', id: expect.any(String) })
})
