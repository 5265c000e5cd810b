import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../sandbox.ts'
import { openBrowser, readField, type Browser } from '../testing/browser.ts'
import { findApplication } from '../testing/find-application.ts'
import { findPerson, openSignedInBrowser } from '../testing/sign-in.ts'

const grantType = 'urn:ietf:params:oauth:grant-type:device_code'
let sandbox: Sandbox
let clientId: string

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false })
  clientId = findApplication(sandbox, 'Terminal Companion').clientId
})
afterEach(() => sandbox.close())

const post = (path: string, fields: Record<string, string>) =>
  fetch(`${sandbox.url}${path}`, { method: 'POST', body: new URLSearchParams(fields) })

async function start(fields: Record<string, string> = {}): Promise<Record<string, string>> {
  const response = await post('/oauth/device/code/', { client_id: clientId, scope: 'org:read', ...fields })
  return (await response.json()) as Record<string, string>
}

async function poll(deviceCode = '', client = clientId): Promise<unknown> {
  const body = { grant_type: grantType, device_code: deviceCode, client_id: client }
  return await (await post('/oauth/token/', body)).json()
}

async function answer(browser: Browser, userCode: string, op: string): Promise<string> {
  const page = await (await browser.get(`/oauth/device/?user_code=${userCode}`)).text()
  const fields = {
    csrfmiddlewaretoken: readField(page, 'csrfmiddlewaretoken'),
    user_code: readField(page, 'user_code'),
  }
  return await (await browser.submit('/oauth/device/', { ...fields, op })).text()
}

const wait = () => sandbox.serverClock.advance(5000)

test('a device gets codes, waits, and has tokens once its owner has approved', async () => {
  const codes = await start()
  expect(codes).toEqual({
    device_code: expect.stringMatching(/^[0-9a-f]{64}$/),
    user_code: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
    verification_uri: `${sandbox.url}/oauth/device/`,
    verification_uri_complete: `${sandbox.url}/oauth/device/?user_code=${codes['user_code']}`,
    expires_in: 600,
    interval: 5,
  })
  expect(await poll(codes['device_code'])).toEqual({ error: 'authorization_pending' })
  const browser = await openSignedInBrowser(sandbox, 'mira')
  expect(await answer(browser, codes['user_code']?.toLowerCase().replace('-', '') ?? '', 'approve')).toContain(
    'connected',
  )
  wait()
  const { id, name, email } = findPerson(sandbox, 'mira')
  expect(await poll(codes['device_code'])).toMatchObject({ scope: 'org:read', user: { id, name, email } })
  wait()
  expect(await poll(codes['device_code'])).toEqual({ error: 'invalid_grant' })
})

test('a device that was denied is told so, once', async () => {
  const codes = await start()
  await answer(await openSignedInBrowser(sandbox, 'mira'), codes['user_code'] ?? '', 'deny')
  expect(await poll(codes['device_code'])).toEqual({ error: 'access_denied' })
  wait()
  expect(await poll(codes['device_code'])).toEqual({ error: 'invalid_grant' })
})

describe('a device is refused', () => {
  test('that polls too soon', async () => {
    const codes = await start()
    await poll(codes['device_code'])
    expect(await poll(codes['device_code'])).toEqual({ error: 'slow_down' })
    wait()
    expect(await poll(codes['device_code'])).toEqual({ error: 'authorization_pending' })
  })

  test('whose code expired', async () => {
    const codes = await start()
    sandbox.serverClock.advance(600_000)
    expect(await poll(codes['device_code'])).toEqual({ error: 'expired_token' })
    const page = await (
      await openSignedInBrowser(sandbox, 'mira')
    ).get(`/oauth/device/?user_code=${codes['user_code']}`)
    expect(await page.text()).toContain('There is no device with this code')
  })

  test('that has the code of another application, none, or an unknown one', async () => {
    const codes = await start()
    const other = findApplication(sandbox, 'Quarterly Reports')
    const body = { grant_type: grantType, device_code: codes['device_code'] ?? '', client_id: other.clientId }
    const stolen = await post('/oauth/token/', { ...body, client_secret: other.clientSecret ?? '' })
    expect(await stolen.json()).toEqual({ error: 'invalid_grant' })
    expect(await poll('')).toEqual({ error: 'invalid_request' })
    expect(await poll('0'.repeat(64))).toEqual({ error: 'invalid_grant' })
  })

  test('that no registered application runs on, or that wants what Sentry does not know', async () => {
    expect(await start({ client_id: 'nobody' })).toEqual({ error: 'invalid_client' })
    expect(await start({ scope: 'everything' })).toMatchObject({ error: 'invalid_scope', error_description: /./ })
    expect((await fetch(`${sandbox.url}/oauth/device/code/`)).status).toBe(405)
  })

  test('of an application that is switched off', async () => {
    const codes = await start()
    await answer(await openSignedInBrowser(sandbox, 'mira'), codes['user_code'] ?? '', 'approve')
    sandbox.setActive(clientId, false)
    expect(await poll(codes['device_code'])).toEqual({ error: 'invalid_grant' })
    expect(await start()).toEqual({ error: 'invalid_client' })
  })
})

describe('the page', () => {
  test('asks who one is before it looks at a code', async () => {
    const page = await openBrowser(sandbox.url).get('/oauth/device/?user_code=BCDF-GHJK')
    expect(await page.text()).toContain('Who do you want to be?')
  })

  test('lets nobody guess: after ten codes in a minute even a right one is refused', async () => {
    const codes = await start()
    const browser = await openSignedInBrowser(sandbox, 'mira')
    for (let count = 0; count < 10; count += 1) await browser.get('/oauth/device/?user_code=BBBB-BBBB')
    const refused = await browser.get(`/oauth/device/?user_code=${codes['user_code']}`)
    expect([refused.status, await refused.text()]).toEqual([429, expect.stringContaining('Too many codes')])
    sandbox.serverClock.advance(60_000)
    expect((await browser.get(`/oauth/device/?user_code=${codes['user_code']}`)).status).toBe(200)
  })

  test('takes no answer from another site', async () => {
    const codes = await start()
    const browser = await openSignedInBrowser(sandbox, 'mira')
    const forged = await browser.submit('/oauth/device/', { user_code: codes['user_code'] ?? '', op: 'approve' })
    expect(forged.status).toBe(403)
    expect(await poll(codes['device_code'])).toEqual({ error: 'authorization_pending' })
  })
})
