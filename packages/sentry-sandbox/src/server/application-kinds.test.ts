import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../sandbox.ts'
import { pluck } from '../testing/api-client.ts'
import { openBrowser, readField } from '../testing/browser.ts'
import { findApplication } from '../testing/find-application.ts'
import {
  answerConsent,
  authorizePath,
  codeVerifier,
  findPerson,
  openSignedInBrowser,
  readRedirect,
  redirectUri,
  requestToken,
} from '../testing/sign-in.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false })
})
afterEach(() => {
  for (const { clientId } of sandbox.applications) sandbox.setActive(clientId, true)
  for (const { id } of sandbox.people) sandbox.setActive(id, true)
})
afterAll(() => sandbox.close())

const tokenRequest = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${sandbox.url}/oauth/token/`, { method: 'POST', body: new URLSearchParams(fields), headers })

const readError = async (response: Response) => [response.status, ((await response.json()) as { error: string }).error]

describe('a public application', () => {
  test('exchanges and refreshes with its id alone', async () => {
    const { clientId } = findApplication(sandbox, 'Terminal Companion')
    const browser = await openSignedInBrowser(sandbox, 'mira')
    const back = await answerConsent(browser, authorizePath(sandbox, { client_id: clientId }), 'approve')
    const exchanged = await tokenRequest({
      grant_type: 'authorization_code',
      client_id: clientId,
      code: back.searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
      code_verifier: codeVerifier,
    })
    expect(exchanged.status).toBe(200)
    const { refresh_token } = (await exchanged.json()) as { refresh_token: string }
    const refreshed = await tokenRequest({ grant_type: 'refresh_token', client_id: clientId, refresh_token })
    expect(refreshed.status).toBe(200)
  })

  test('has no secret that could be right', async () => {
    const { clientId } = findApplication(sandbox, 'Terminal Companion')
    const fields = { grant_type: 'refresh_token', client_id: clientId, client_secret: 'guess', refresh_token: 'x' }
    expect(await readError(await tokenRequest(fields))).toEqual([401, 'invalid_client'])
  })

  test('is not a way around the secret of a confidential one', async () => {
    const { clientId } = sandbox.application
    const { refreshToken } = sandbox.issueTokens(findPerson(sandbox, 'mira').id)
    const fields = { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken }
    expect(await readError(await tokenRequest(fields))).toEqual([401, 'invalid_client'])
  })
})

const askAsReports = (changes: Record<string, string | null>) =>
  openBrowser(sandbox.url).get(
    authorizePath(sandbox, { client_id: findApplication(sandbox, 'Quarterly Reports').clientId, ...changes }),
  )

describe('an old application', () => {
  test('may use every redirect URI that begins with its registered one', async () => {
    const longer = await askAsReports({ redirect_uri: 'https://reports.example/sentry/done?x=1', scope: 'everything' })
    expect(readRedirect(longer).href).toContain('https://reports.example/sentry/done?x=1&error=invalid_scope')
    expect((await askAsReports({ redirect_uri: 'https://reports.example.evil.example/sentry' })).status).toBe(400)
    expect((await askAsReports({ redirect_uri: 'https://reports.example/other' })).status).toBe(400)
  })

  test('may leave its only redirect URI out', async () => {
    const back = readRedirect(await askAsReports({ redirect_uri: null, scope: 'everything' }))
    expect(back.href).toBe('https://reports.example/sentry?error=invalid_scope&state=state-1')
  })
})

const robotPath = (changes: Record<string, string | null> = {}) =>
  authorizePath(sandbox, { client_id: findApplication(sandbox, 'Release Robot').clientId, ...changes })

async function listOrganizations(accessToken: string): Promise<unknown[]> {
  const headers = { authorization: `Bearer ${accessToken}` }
  const response = await fetch(`${sandbox.url}/api/0/organizations/`, { headers })
  return pluck(await response.json(), 'id')
}

async function choose(email: string, organization: string | null): Promise<URL> {
  const browser = await openSignedInBrowser(sandbox, email)
  const page = await (await browser.get(robotPath())).text()
  const csrfmiddlewaretoken = readField(page, 'csrfmiddlewaretoken')
  const choice = organization === null ? {} : { selected_organization_id: organization }
  return readRedirect(await browser.submit(robotPath(), { csrfmiddlewaretoken, op: 'approve', ...choice }))
}

async function readOrganizationIds(email: string): Promise<string[]> {
  const { accessToken } = sandbox.issueTokens(findPerson(sandbox, email).id)
  return (await listOrganizations(accessToken)).map(String)
}

describe('an organization-bound application', () => {
  test('asks for the organization every time, and its tokens list only that one', async () => {
    const organization = (await readOrganizationIds('mira')).at(-1) ?? ''
    const code = (await choose('mira', organization)).searchParams.get('code') ?? ''
    const { clientId, clientSecret } = findApplication(sandbox, 'Release Robot')
    const fields = { client_id: clientId, client_secret: clientSecret ?? '', redirect_uri: redirectUri }
    const exchanged = await tokenRequest({
      ...fields,
      grant_type: 'authorization_code',
      code,
      code_verifier: codeVerifier,
    })
    const token = (await exchanged.json()) as { organization_id: string; access_token: string }
    expect(token.organization_id).toBe(organization)
    expect(await listOrganizations(token.access_token)).toEqual([organization])
    const again = await (await openSignedInBrowser(sandbox, 'mira')).get(robotPath())
    expect([again.status, await again.text()]).toEqual([200, expect.stringContaining('In which organization?')])
  })

  test('is not given an organization that was not chosen, or is not the person’s', async () => {
    expect((await choose('mira', null)).searchParams.get('error')).toBe('invalid_request')
    const foreign = (await readOrganizationIds('mira')).find((id) => id !== '') ?? ''
    const noors = await readOrganizationIds('noor')
    const target = (await readOrganizationIds('mira')).find((id) => !noors.includes(id)) ?? foreign
    expect((await choose('noor', target)).searchParams.get('error')).toBe('unauthorized_client')
  })

  test('may only ask for scopes on its own list', async () => {
    const browser = await openSignedInBrowser(sandbox, 'mira')
    const back = readRedirect(await browser.get(robotPath({ scope: 'member:read' })))
    expect(back.searchParams.get('error')).toBe('invalid_scope')
  })

  test('has nothing to ask somebody who is in no organization', async () => {
    const response = await (await openSignedInBrowser(sandbox, 'sam')).get(robotPath())
    expect([response.status, response.headers.get('location')]).toEqual([400, null])
  })
})

describe('what is switched off', () => {
  test('an application gets an error page, no tokens, and its access tokens are refused with the reason', async () => {
    const { accessToken, refreshToken } = sandbox.issueTokens(findPerson(sandbox, 'mira').id)
    sandbox.setActive(sandbox.application.clientId, false)
    expect((await openBrowser(sandbox.url).get(authorizePath(sandbox))).status).toBe(400)
    const refused = await requestToken(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken })
    expect(await readError(refused)).toEqual([400, 'invalid_grant'])
    const probe = await fetch(`${sandbox.url}/api/0/auth/`, { headers: { authorization: `Bearer ${accessToken}` } })
    expect([probe.status, await probe.json()]).toEqual([401, { detail: 'UserApplication inactive or deleted' }])
  })

  test('the code of an application that is switched off is gone for good', async () => {
    const browser = await openSignedInBrowser(sandbox, 'mira')
    const back = await answerConsent(browser, authorizePath(sandbox, { force_prompt: '1' }), 'approve')
    const fields = {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
      code_verifier: codeVerifier,
    }
    sandbox.setActive(sandbox.application.clientId, false)
    expect(await readError(await requestToken(sandbox, fields))).toEqual([400, 'invalid_grant'])
    sandbox.setActive(sandbox.application.clientId, true)
    expect(await readError(await requestToken(sandbox, fields))).toEqual([400, 'invalid_grant'])
  })

  test('a person cannot sign in, and their access tokens are refused with the reason', async () => {
    const { id } = findPerson(sandbox, 'noor')
    const { accessToken } = sandbox.issueTokens(id)
    sandbox.setActive(id, false)
    const probe = await fetch(`${sandbox.url}/api/0/auth/`, { headers: { authorization: `Bearer ${accessToken}` } })
    expect([probe.status, await probe.json()]).toEqual([401, { detail: 'User inactive or deleted' }])
    const page = await (await openSignedInBrowser(sandbox, 'noor')).get(authorizePath(sandbox))
    expect(await page.text()).toContain('Who do you want to be?')
  })
})
