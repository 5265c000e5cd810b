import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../sandbox.ts'
import { openBrowser, readField } from '../testing/browser.ts'
import { answerConsent, authorizePath, findPerson, openSignedInBrowser } from '../testing/sign-in.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false })
})
afterAll(() => sandbox.close())

test('the account page shows who is signed in, and nobody after signing out', async () => {
  const browser = await openSignedInBrowser(sandbox, 'noor')
  const page = await (await browser.get('/')).text()
  expect(page).toContain('Noor Haddad')
  await browser.submit('/auth/logout/', { csrfmiddlewaretoken: readField(page, 'csrfmiddlewaretoken') })
  expect(await (await browser.get('/')).text()).toContain('Nobody is signed in')
})

test('signing in changes the session, so that an id from before it is worth nothing', async () => {
  const before = await fetch(`${sandbox.url}/auth/choose/`)
  const cookie = before.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const fields = {
    csrfmiddlewaretoken: readField(await before.text(), 'csrfmiddlewaretoken'),
    person: findPerson(sandbox, 'mira').id,
    next: '/',
  }
  const signIn = { method: 'POST', redirect: 'manual', headers: { cookie }, body: new URLSearchParams(fields) } as const
  expect((await fetch(`${sandbox.url}/auth/login/`, signIn)).status).toBe(302)
  const old = await fetch(sandbox.url, { headers: { cookie } })
  expect(await old.text()).toContain('Nobody is signed in')
})

test('withdrawing consent kills the access token at once and makes the client ask again', async () => {
  const browser = await openSignedInBrowser(sandbox, 'mira')
  await answerConsent(browser, authorizePath(sandbox), 'approve')
  const { accessToken } = sandbox.issueTokens(findPerson(sandbox, 'mira').id)
  const page = await (await browser.get('/')).text()
  await browser.submit('/settings/account/authorizations/', {
    csrfmiddlewaretoken: readField(page, 'csrfmiddlewaretoken'),
    client_id: readField(page, 'client_id'),
  })
  const probe = await fetch(`${sandbox.url}/api/0/auth/`, { headers: { authorization: `Bearer ${accessToken}` } })
  expect([probe.status, await probe.json()]).toEqual([401, { detail: 'Invalid token' }])
  expect((await browser.get(authorizePath(sandbox))).status).toBe(200)
})

test.each(['//evil.example/', 'https://evil.example/', '/\\evil.example', '/\t/evil.example', 'javascript:alert(1)'])(
  'signing in never leads to %j',
  async (next) => {
    const browser = openBrowser(sandbox.url)
    const page = await (await browser.get('/auth/choose/')).text()
    const response = await browser.submit('/auth/login/', {
      csrfmiddlewaretoken: readField(page, 'csrfmiddlewaretoken'),
      person: findPerson(sandbox, 'mira').id,
      next,
    })
    expect(response.headers.get('location')).toBe('/')
  },
)

test('nobody can become a person who is only a colleague', async () => {
  const browser = openBrowser(sandbox.url)
  const page = await (await browser.get('/auth/choose/')).text()
  const csrfmiddlewaretoken = readField(page, 'csrfmiddlewaretoken')
  expect((await browser.submit('/auth/login/', { csrfmiddlewaretoken, person: '1' })).status).toBe(400)
})

test.each(['/auth/login/', '/auth/logout/', '/settings/account/authorizations/'])(
  '%s refuses a form that another site made',
  async (path) => {
    const browser = await openSignedInBrowser(sandbox, 'mira')
    expect((await browser.submit(path, { person: findPerson(sandbox, 'noor').id })).status).toBe(403)
    expect(await (await browser.get('/')).text()).toContain('Mira Lindqvist')
  },
)
