import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../sandbox.ts'
import { openBrowser, readField } from '../testing/browser.ts'
import {
  answerConsent,
  authorizePath,
  findPerson,
  openSignedInBrowser,
  readRedirect,
  redirectUri,
} from '../testing/sign-in.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false, redirectUris: ['https://app.example/done?from=sentry'] })
})
afterAll(() => sandbox.close())
beforeEach(() => {
  for (const { id } of sandbox.people) sandbox.revokePerson(id)
})

const authorize = (changes: Record<string, string | null>) =>
  openBrowser(sandbox.url).get(authorizePath(sandbox, changes))

describe('as long as client or redirect URI are in doubt, nobody is redirected', () => {
  test.each([
    ['no client', { client_id: null }],
    ['an unknown client', { client_id: '0'.repeat(64) }],
    ['no redirect URI', { redirect_uri: null }],
    ['an empty redirect URI', { redirect_uri: '' }],
    ['a redirect URI of somebody else', { redirect_uri: 'https://evil.example/callback' }],
    ['a longer redirect URI', { redirect_uri: `${redirectUri}/more` }],
    ['no response type', { response_type: null }],
    ['another response type', { response_type: 'code id_token' }],
  ])('%s: an error page with status 400', async (_what, changes) => {
    const response = await authorize(changes)
    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
    expect(response.headers.get('content-type')).toContain('text/html')
  })
})

describe('once they are known, errors go back to the client with the state and nothing else', () => {
  test.each([
    ['an unknown scope', { scope: 'org:read everything' }, 'invalid_scope'],
    ['two spaces between scopes', { scope: 'org:read  project:read' }, 'invalid_scope'],
    ['the challenge method plain', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['no challenge method', { code_challenge_method: null }, 'invalid_request'],
    ['a short challenge', { code_challenge: 'short' }, 'invalid_request'],
    ['an empty challenge', { code_challenge: '' }, 'invalid_request'],
  ])('%s', async (_what, changes, error) => {
    const response = await authorize(changes)
    expect(response.status).toBe(302)
    expect([...readRedirect(response).searchParams]).toEqual([
      ['error', error],
      ['state', 'state-1'],
    ])
  })

  test('without a state there is none in the answer', async () => {
    const response = await authorize({ scope: 'everything', state: null })
    expect(readRedirect(response).search).toBe('?error=invalid_scope')
  })

  test('a query of the redirect URI stays', async () => {
    const response = await authorize({ scope: 'everything', redirect_uri: 'https://app.example/done?from=sentry' })
    expect(readRedirect(response).search).toBe('?from=sentry&error=invalid_scope&state=state-1')
  })
})

describe('a person', () => {
  test('chooses who they are, is told the scopes in words, approves, and comes back with a code and the state', async () => {
    const browser = openBrowser(sandbox.url)
    const path = authorizePath(sandbox)
    const signInPage = await (await browser.get(path)).text()
    expect(signInPage).toContain('Mira Lindqvist')
    const signedIn = await browser.submit('/auth/login/', {
      csrfmiddlewaretoken: readField(signInPage, 'csrfmiddlewaretoken'),
      next: readField(signInPage, 'next'),
      person: findPerson(sandbox, 'mira').id,
    })
    expect(signedIn.headers.get('location')).toBe(path)
    const consent = await (await browser.get(path)).text()
    expect(consent).toContain('See your organizations and their settings')
    const redirect = await answerConsent(browser, path, 'approve')
    expect(redirect.origin + redirect.pathname).toBe(redirectUri)
    expect([...redirect.searchParams.keys()]).toEqual(['code', 'state'])
    expect(redirect.searchParams.get('code')).toMatch(/^[0-9a-f]{64}$/)
  })

  test('who denies sends access_denied back and is asked again next time', async () => {
    const browser = await openSignedInBrowser(sandbox, 'mira')
    const redirect = await answerConsent(browser, authorizePath(sandbox), 'deny')
    expect(redirect.search).toBe('?error=access_denied&state=state-1')
    expect((await browser.get(authorizePath(sandbox))).status).toBe(200)
  })

  test('is not asked twice for the same scopes, but for further ones, and whenever the client forces it', async () => {
    const browser = await openSignedInBrowser(sandbox, 'mira')
    await answerConsent(browser, authorizePath(sandbox), 'approve')
    const fewer = await browser.get(authorizePath(sandbox, { scope: 'org:read' }))
    expect(readRedirect(fewer).searchParams.has('code')).toBe(true)
    expect((await browser.get(authorizePath(sandbox, { scope: 'org:read event:read' }))).status).toBe(200)
    expect((await browser.get(authorizePath(sandbox, { force_prompt: '1' }))).status).toBe(200)
  })

  test('gives more and more scopes: consent accumulates', async () => {
    const browser = await openSignedInBrowser(sandbox, 'mira')
    await answerConsent(browser, authorizePath(sandbox, { scope: 'org:read' }), 'approve')
    await answerConsent(browser, authorizePath(sandbox, { scope: 'event:read' }), 'approve')
    expect((await browser.get(authorizePath(sandbox, { scope: 'org:read event:read' }))).status).toBe(302)
  })

  test('is asked once even when nothing is requested', async () => {
    const browser = await openSignedInBrowser(sandbox, 'mira')
    expect((await browser.get(authorizePath(sandbox, { scope: null }))).status).toBe(200)
    await answerConsent(browser, authorizePath(sandbox, { scope: null }), 'approve')
    expect((await browser.get(authorizePath(sandbox, { scope: '' }))).status).toBe(302)
  })

  test('of two tabs answers the one that asked last', async () => {
    const browser = await openSignedInBrowser(sandbox, 'mira')
    const [first, second] = [authorizePath(sandbox, { state: 'first' }), authorizePath(sandbox, { state: 'second' })]
    const page = await (await browser.get(first)).text()
    await browser.get(second)
    const answer = await browser.submit(first, {
      csrfmiddlewaretoken: readField(page, 'csrfmiddlewaretoken'),
      op: 'approve',
    })
    expect(readRedirect(answer).searchParams.get('state')).toBe('second')
  })

  test('who answers twice gets a page, not a second code', async () => {
    const browser = await openSignedInBrowser(sandbox, 'mira')
    const page = await (await browser.get(authorizePath(sandbox))).text()
    const fields = { csrfmiddlewaretoken: readField(page, 'csrfmiddlewaretoken'), op: 'approve' }
    await browser.submit(authorizePath(sandbox), fields)
    const again = await browser.submit(authorizePath(sandbox), fields)
    expect([again.status, again.headers.get('location')]).toEqual([200, null])
  })
})

describe('somebody else’s page', () => {
  test('cannot approve: the form needs a field that only this browser was given', async () => {
    const browser = await openSignedInBrowser(sandbox, 'mira')
    const page = await (await browser.get(authorizePath(sandbox))).text()
    expect((await browser.submit(authorizePath(sandbox), { op: 'approve' })).status).toBe(403)
    const stranger = await openSignedInBrowser(sandbox, 'noor')
    const stolen = { csrfmiddlewaretoken: readField(page, 'csrfmiddlewaretoken'), op: 'approve' }
    expect((await stranger.submit(authorizePath(sandbox), stolen)).status).toBe(403)
  })

  test('cannot write into ours: what came in the URL is escaped', async () => {
    const hostile = authorizePath(sandbox, { state: `"><script>alert(1)</script>` })
    const raw = `${hostile}&x="><img src=x>`
    const page = await (await openBrowser(sandbox.url).get(raw)).text()
    expect(page).not.toMatch(/<script|<img/)
  })
})
