import { afterEach, beforeEach, expect, test } from 'vitest'
import { person, startGateway, type TestGateway } from './gateway.fixture.ts'

let gateway: TestGateway

beforeEach(async () => {
  gateway = await startGateway()
})

afterEach(() => gateway.close())

test('a person signs in and asks for what is theirs, in both regions', async () => {
  const mira = person(gateway.sandbox, 'mira')
  const browser = gateway.openBrowser()
  expect((await browser.get('/api/auth/me')).statusCode).toBe(401)

  const callback = await browser.signIn(mira.id)
  expect(callback.statusCode).toBe(303)
  expect(callback.headers.location).toBe('/auth/success')

  const { id: _, ...user } = (await browser.get('/api/auth/me')).json().user
  expect(user).toEqual({ name: mira.name, email: mira.email, username: mira.username, avatarUrl: null })

  const answer = await browser.graphql('{ viewer { user { name } organizations { nodes { slug region { name } } } } }')
  const { data, errors, extensions } = answer.json()
  expect(errors).toBeUndefined()
  expect(data.viewer.user.name).toBe(mira.name)
  const regions = data.viewer.organizations.nodes.map((node: { region: { name: string } }) => node.region.name)
  expect(regions.toSorted()).toEqual(['de', 'us', 'us'])
  expect(extensions.cost).toMatchObject({ upstreamCalls: 2, budget: 30 })
})

test('projects under organizations cost one call and one more for each organization', async () => {
  const browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
  gateway.sandbox.clearRequests()
  const answer = await browser.graphql(
    '{ viewer { organizations { nodes { projects { nodes { slug teams { name } organization { name } } } } } } }',
  )
  expect(answer.json().errors).toBeUndefined()
  expect(answer.json().extensions.cost.upstreamCalls).toBe(4)
  expect(gateway.sandbox.requests).toHaveLength(4)
})

test('the session cookie alone opens the endpoint, as with curl', async () => {
  const browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'noor').id)
  const answer = await gateway.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: {
      'content-type': 'application/json',
      'graphql-require-preflight': '1',
      cookie: `sentry_graph=${browser.cookies.get('sentry_graph')}`,
    },
    payload: '{"query":"{ viewer { user { name } } }"}',
  })
  expect(answer.json().data).toEqual({ viewer: { user: { name: 'Noor Haddad' } } })
})

test('a restart keeps people signed in', async () => {
  const browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
  await gateway.restart()
  const restarted = gateway.openBrowser()
  browser.cookies.forEach((value, name) => restarted.cookies.set(name, value))
  expect((await restarted.get('/api/auth/me')).json().user.name).toBe('Mira Lindqvist')
  const answer = await restarted.graphql('{ viewer { organizations { nodes { slug } } } }')
  expect(answer.json().data.viewer.organizations.nodes).toHaveLength(3)
})

test('two people do not see each other', async () => {
  const [mira, noor] = [gateway.openBrowser(), gateway.openBrowser()]
  await mira.signIn(person(gateway.sandbox, 'mira').id)
  await noor.signIn(person(gateway.sandbox, 'noor').id)
  const names = await Promise.all(
    Array.from({ length: 20 }, async (_, turn) => {
      const answer = await (turn % 2 === 0 ? mira : noor).graphql(
        '{ viewer { user { name } organizations { nodes { slug } } } }',
      )
      const { viewer } = answer.json().data
      return `${viewer.user.name} ${viewer.organizations.nodes.length}`
    }),
  )
  expect(new Set(names.filter((_, turn) => turn % 2 === 0))).toEqual(new Set(['Mira Lindqvist 3']))
  expect(new Set(names.filter((_, turn) => turn % 2 === 1))).toEqual(new Set(['Noor Haddad 1']))
})

test('no answer contains a token, and the session record has no field for one', async () => {
  const browser = gateway.openBrowser()
  const answers = [await browser.signIn(person(gateway.sandbox, 'mira').id)]
  answers.push(await browser.get('/api/auth/me'), await browser.graphql('{ viewer { session { id scopes } } }'))
  const grant = await gateway.dependencies.store.openSession(sessionSecret(answers))
  expect(grant).toBeNull()
  for (const { body, headers } of answers) expect(`${body}${JSON.stringify(headers)}`).not.toMatch(/\b[0-9a-f]{64}\b/)
})

/** The cookie's value is an envelope around the secret, not the secret. */
function sessionSecret([callback]: { cookies: { name: string; value: string }[] }[]): string {
  return callback?.cookies.find(({ name }) => name === 'sentry_graph')?.value ?? ''
}
