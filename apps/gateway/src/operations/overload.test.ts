import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

let gateway: TestGateway

afterEach(() => gateway.close())

const query = '{ viewer { user { name } } }'

test('of a thousand requests at once the first five hundred are answered, the rest told when to come back, none dropped', async () => {
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  let opened = 0
  gateway = await startGateway({}, ({ store }) => ({
    store: {
      ...store,
      async openSession(secret, use) {
        opened += 1
        await held
        return store.openSession(secret, use)
      },
    },
  }))
  const browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
  const other = gateway.openBrowser()
  await other.signIn(person(gateway.sandbox, 'noor').id)

  const asked = Array.from({ length: 500 }, (_, index) => (index % 2 === 0 ? browser : other).graphql(query))
  await expect.poll(() => opened, { timeout: 20_000 }).toBe(500)
  const refused = await Promise.all(Array.from({ length: 500 }, () => browser.graphql(query)))
  for (const answer of refused) {
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5'])
    expect(answer.json().errors[0]).toMatchObject({ message: expect.stringContaining('Try again') as string })
  }
  expect((await browser.get('/api/auth/me')).json().error).toBe('unavailable')
  expect((await browser.get('/healthz')).statusCode).toBe(200)
  expect(gateway.log().filter(({ level }) => level === 'error')).toEqual([])

  release()
  for (const answer of await Promise.all(asked)) expect(answer.json().data.viewer.user.name).toMatch(/^(Mira|Noor) /)
  expect((await browser.graphql(query)).statusCode).toBe(200)
})

test('one person has half of the places, however slowly Sentry answers them', async () => {
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  let isSlow = false
  gateway = await startGateway({}, ({ sentryApi }) => ({
    sentryApi: {
      ...sentryApi,
      createClient(options) {
        const client = sentryApi.createClient(options)
        return {
          ...client,
          get: async (request) => (isSlow ? await held.then(() => client.get(request)) : client.get(request)),
        }
      },
    },
  }))
  const browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
  const other = gateway.openBrowser()
  await other.signIn(person(gateway.sandbox, 'noor').id)

  isSlow = true
  const statuses: number[] = []
  const asked = Array.from({ length: 600 }, async () => {
    const { statusCode } = await browser.graphql('{ viewer { organizations { nodes { id } } } }')
    statuses.push(statusCode)
  })
  await expect.poll(() => statuses.length, { timeout: 20_000 }).toBe(350)
  expect(new Set(statuses)).toEqual(new Set([503]))
  expect((await other.graphql(query)).json().data.viewer.user.name).toMatch(/^Noor /)
  release()
  await Promise.all(asked)
  expect(statuses.filter((status) => status === 200)).toHaveLength(250)
  expect((await browser.graphql(query)).statusCode).toBe(200)
})

test('who goes away before being answered makes room', async () => {
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  let opened = 0
  gateway = await startGateway({}, ({ store }) => ({
    store: {
      ...store,
      async openSession(secret, use) {
        opened += 1
        await held
        return store.openSession(secret, use)
      },
    },
  }))
  const browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
  await gateway.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = gateway.app.server.address() as { port: number }
  const leaving = new AbortController()
  const headers = { ...browser.cookieHeader(), 'graphql-require-preflight': '1', 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body: JSON.stringify({ query }), signal: leaving.signal }
  const ask = () => fetch(`http://127.0.0.1:${port}/graphql`, init)
  const left = Promise.allSettled(Array.from({ length: 500 }, ask))
  await expect.poll(() => opened, { timeout: 20_000 }).toBe(500)
  const probe = async () => (await gateway.openBrowser().get('/api/auth/me')).statusCode
  expect(await probe()).toBe(503)
  leaving.abort()
  expect((await left).every(({ status }) => status === 'rejected')).toBe(true)
  await expect.poll(probe, { timeout: 20_000 }).toBe(401)
  release()
})

test('who has not sent the whole request takes nobody’s place', async () => {
  gateway = await startGateway()
  let begun = 0
  gateway.app.server.on('request', () => (begun += 1))
  await gateway.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = gateway.app.server.address() as { port: number }
  const head =
    'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{'
  const slow = Array.from({ length: 500 }, () => connect(port, '127.0.0.1'))
  for (const socket of slow) socket.resume().write(head)
  await expect.poll(() => begun, { timeout: 20_000 }).toBe(500)
  expect((await gateway.openBrowser().get('/api/auth/me')).statusCode).toBe(401)
  for (const socket of slow) socket.destroy()
})
