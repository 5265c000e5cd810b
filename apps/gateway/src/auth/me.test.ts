import { afterEach, expect, test } from 'vitest'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

let gateway: TestGateway

afterEach(() => gateway.close())

test.each([
  ['https://avatars.example.com/mira.png', 'https://avatars.example.com/mira.png'],
  ['http://sentry.internal/avatar/1/', 'http://sentry.internal/avatar/1/'],
  ['javascript:alert(1)', null],
  ['data:text/html,<script>alert(1)</script>', null],
  ['//evil.example/x.png', null],
  ['mira.png', null],
  ['', null],
])('of the avatar %j the answer tells %j', async (stored, told) => {
  gateway = await startGateway({}, ({ store }) => ({
    store: {
      ...store,
      signIn: (input) => store.signIn({ ...input, profile: { ...input.profile, avatarUrl: stored } }),
    },
  }))
  const browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
  expect((await browser.get('/api/auth/me')).json().user.avatarUrl).toBe(told)
})
