import { startSandbox, type Sandbox } from '@sentry-graph/sentry-sandbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DeviceAuthorization } from './device-authorization.ts'
import { createSentryOAuth, type SentryOAuth } from './sentry-oauth.ts'

const redirectUri = 'http://localhost:3001/api/auth/callback'
const scopes = ['org:read', 'project:read']

type Fault = Parameters<Sandbox['fault']>[1]

let sandbox: Sandbox
let oauth: SentryOAuth

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false })
  oauth = createSentryOAuth({ sentryUrl: sandbox.url, ...sandbox.application, redirectUri, scopes })
})
afterAll(() => sandbox.close())

async function begin(): Promise<DeviceAuthorization> {
  const authorization = await oauth.authorizeDevice()
  if (authorization === null) throw new Error('The sandbox offers device authorization')
  return authorization
}

/** The next poll, after the pause that Sentry asks for. */
function poll({ deviceCode }: DeviceAuthorization) {
  sandbox.serverClock.advance(5000)
  return oauth.exchangeDeviceCode(deviceCode)
}

describe('a device without a browser', () => {
  test('gets the tokens of the person who approves it, once', async () => {
    const device = await begin()
    expect(device).toMatchObject({
      userCode: expect.stringMatching(/^[B-Z]{4}-[B-Z]{4}$/) as string,
      verificationUri: `${sandbox.url}/oauth/device/`,
      verificationUriComplete: `${sandbox.url}/oauth/device/?user_code=${device.userCode}`,
      interval: 5,
    })
    expect(await poll(device)).toEqual({ outcome: 'pending' })

    const [mira] = sandbox.people
    sandbox.answerDevice(device.userCode, { personId: mira?.id ?? '' })
    expect(await poll(device)).toMatchObject({
      outcome: 'granted',
      tokenSet: { scopes: expect.arrayContaining(scopes) as string[], user: { id: mira?.id } },
    })
    expect(await poll(device)).toEqual({ outcome: 'expired' })
  })

  test('is told to slow down, that the person said no, and that the time is over', async () => {
    const hasty = await begin()
    await oauth.exchangeDeviceCode(hasty.deviceCode)
    expect(await oauth.exchangeDeviceCode(hasty.deviceCode)).toEqual({ outcome: 'slow_down' })

    const denied = await begin()
    sandbox.answerDevice(denied.userCode, 'denied')
    expect(await poll(denied)).toEqual({ outcome: 'denied' })

    const late = await begin()
    sandbox.serverClock.advance(601_000)
    expect(await poll(late)).toEqual({ outcome: 'expired' })
  })

  test('is not to be signed in where Sentry does not know how', async () => {
    const id = sandbox.fault({ path: '/oauth/device/code/' }, { status: 404 })
    expect(await oauth.authorizeDevice()).toBeNull()
    sandbox.removeFault(id)
  })

  test.each<[string, Fault, string]>([
    ['a server error', { status: 503 }, 'unavailable'],
    ['a page', 'html', 'invalid_response'],
    ['a broken connection', 'reset', 'unavailable'],
    ['half an answer', 'truncate', 'unavailable'],
    ['an answer without the code', { field: 'device_code', change: 'drop' }, 'invalid_response'],
  ])('meets %s as an error of its own', async (_, fault, code) => {
    const id = sandbox.fault({ path: '/oauth/device/code/' }, fault)
    await expect(oauth.authorizeDevice()).rejects.toMatchObject({ name: 'TokenEndpointError', code })
    sandbox.removeFault(id)
  })

  test('is refused when Sentry does not know the client or a scope', async () => {
    const options = { sentryUrl: sandbox.url, clientId: sandbox.application.clientId, redirectUri, scopes }
    const stranger = createSentryOAuth({ ...options, clientId: 'nobody' })
    await expect(stranger.authorizeDevice()).rejects.toMatchObject({ code: 'refused', oauthError: 'invalid_client' })
    const greedy = createSentryOAuth({ ...options, scopes: ['org:everything'] })
    await expect(greedy.authorizeDevice()).rejects.toMatchObject({ code: 'refused', oauthError: 'invalid_scope' })
  })
})
