import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../sandbox.ts'
import { answerConsent, authorizePath, findPerson, openSignedInBrowser, readRedirect } from '../testing/sign-in.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false, clock: () => new Date('2026-10-01T12:00:00.250Z') })
})
afterAll(() => sandbox.close())

const readFragment = (url: URL) => Object.fromEntries(new URLSearchParams(url.hash.slice(1)))

test('the access token comes back in the fragment, with nothing to refresh it', async () => {
  const browser = await openSignedInBrowser(sandbox, 'mira')
  const back = await answerConsent(browser, authorizePath(sandbox, { response_type: 'token' }), 'approve')
  expect(back.search).toBe('')
  expect(readFragment(back)).toEqual({
    access_token: expect.stringMatching(/^[0-9a-f]{64}$/),
    expires_in: '2591999',
    expires_at: '2026-10-31T12:00:00.250000Z',
    token_type: 'Bearer',
    scope: 'org:read project:read',
    state: 'state-1',
  })
  const headers = { authorization: `Bearer ${readFragment(back)['access_token']}` }
  expect((await fetch(`${sandbox.url}/api/0/auth/`, { headers })).status).toBe(200)
})

test('errors come back in the fragment as well', async () => {
  const browser = await openSignedInBrowser(sandbox, 'mira')
  const unknown = readRedirect(
    await browser.get(authorizePath(sandbox, { response_type: 'token', scope: 'everything' })),
  )
  expect([unknown.search, readFragment(unknown)]).toEqual(['', { error: 'invalid_scope', state: 'state-1' }])
  const path = authorizePath(sandbox, { response_type: 'token', force_prompt: '1' })
  expect(readFragment(await answerConsent(browser, path, 'deny'))).toEqual({ error: 'access_denied', state: 'state-1' })
})

test('a token without refresh token dies with the consent', async () => {
  const browser = await openSignedInBrowser(sandbox, 'noor')
  const back = await answerConsent(browser, authorizePath(sandbox, { response_type: 'token' }), 'approve')
  sandbox.revokePerson(findPerson(sandbox, 'noor').id)
  const headers = { authorization: `Bearer ${readFragment(back)['access_token']}` }
  expect((await fetch(`${sandbox.url}/api/0/organizations/`, { headers })).status).toBe(401)
})
