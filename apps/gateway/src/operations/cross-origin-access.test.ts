import fastify from 'fastify'
import cors from '@fastify/cors'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

const allowed = 'https://app.example.com'

const nearMisses = [
  'https://evil.example',
  'http://app.example.com',
  'https://app.example.com:8443',
  'https://app.example.com:443',
  'https://app.example.com.evil.example',
  'https://evil.example/https://app.example.com',
  'https://sub.app.example.com',
  'https://xapp.example.com',
  'https://app-example.com',
  'https://app.example.co',
  'https://APP.example.com',
  'https://app.example.com/',
  'https://app.example.com, https://evil.example',
  'https://user@app.example.com',
  'null',
  '*',
  '',
]

let gateway: TestGateway
let browser: Browser

beforeAll(async () => {
  gateway = await startGateway({ ALLOWED_ORIGINS: `${allowed},https://other.example.com` })
  browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
})

afterAll(() => gateway.close())

const paths = ['/graphql?query={__typename}', '/api/auth/me', '/healthz', '/nowhere']

const namesOf = (headers: object) => Object.keys(headers).filter((name) => name.startsWith('access-control'))

test('a server that reflects every origin would let any page read with our cookie', async () => {
  const careless = fastify()
  await careless.register(cors, { origin: true, credentials: true })
  careless.get('/', async () => 'private')
  const { headers } = await careless.inject({ url: '/', headers: { origin: 'https://evil.example' } })
  expect(headers).toMatchObject({
    'access-control-allow-origin': 'https://evil.example',
    'access-control-allow-credentials': 'true',
  })
  await careless.close()
})

describe.each(paths)('%s', (path) => {
  test('may be read by each allowed origin, which is named alone', async () => {
    for (const origin of [allowed, 'https://other.example.com']) {
      const { headers } = await browser.get(path, { origin })
      expect(headers).toMatchObject({
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        vary: expect.stringContaining('Origin'),
      })
    }
  })

  test.each(nearMisses)('may not be read by %j', async (origin) => {
    const { headers } = await browser.get(path, { origin, 'graphql-require-preflight': '1' })
    expect(headers).not.toHaveProperty('access-control-allow-origin')
    // Caches must not hand this answer to an allowed origin.
    expect(headers.vary).toContain('Origin')
  })
})

test('without allowed origins no answer speaks of CORS', async () => {
  const closed = await startGateway()
  for (const url of paths)
    expect(namesOf((await closed.app.inject({ url, headers: { origin: allowed } })).headers)).toEqual([])
  await closed.close()
})
