import { afterEach, beforeEach, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../sandbox.ts'
import { createApiClient } from '../testing/api-client.ts'
import { openBrowser, readField } from '../testing/browser.ts'
import { faultPresets } from './fault-presets.ts'

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0 })
})
afterEach(() => sandbox.close())

async function openPage() {
  const browser = openBrowser(sandbox.url)
  const csrfmiddlewaretoken = readField(await (await browser.get('/sandbox/')).text(), 'csrfmiddlewaretoken')
  return {
    read: async () => await (await browser.get('/sandbox/')).text(),
    press: async (fields: Record<string, string>) =>
      (await browser.submit('/sandbox/', { csrfmiddlewaretoken, ...fields })).status,
  }
}

test('the account page leads to it', async () => {
  expect(await (await openBrowser(sandbox.url).get('/')).text()).toContain('href="/sandbox/"')
})

test('a person switches a fault on, sees it, and takes it back', async () => {
  const { read, press } = await openPage()
  const mira = createApiClient(sandbox, 'mira')
  expect(await press({ op: 'add-fault', fault: '401 SSO required', host: '', pattern: '^/api/0/', times: '' })).toBe(
    303,
  )
  expect(await mira('organizations/')).toMatchObject({ status: 401, body: { detail: { code: 'sso-required' } } })
  const page = await read()
  expect(page).toContain('sso-required')
  expect(page).toContain('GET /api/0/organizations/')
  expect(page).toContain('mira@')
  await press({ op: 'remove-fault', id: '1' })
  expect((await mira('organizations/')).status).toBe(200)
})

test.each([...faultPresets.keys()])('the fault "%s" can be switched on', async (fault) => {
  const { press } = await openPage()
  await press({ op: 'add-fault', fault, host: 'de', pattern: '', times: '2' })
  expect(sandbox.faults).toMatchObject([{ fault: faultPresets.get(fault), match: { host: 'de', times: 2 } }])
})

test('every switch on the page can be turned, and turned back', async () => {
  const { press } = await openPage()
  for (const name of ['rateLimit', 'isSelfHosted', 'hasRevocation', 'hasMetadata', 'us', 'de']) {
    for (const value of ['off', 'on']) expect(await press({ op: 'switch', name, value })).toBe(303)
  }
  expect([sandbox.hostsDown, sandbox.settings.isSelfHosted]).toEqual([[], true])
})

test('time moves on, requests are forgotten', async () => {
  const { press } = await openPage()
  const before = sandbox.serverClock.now().getTime()
  await press({ op: 'advance-server-clock' })
  await press({ op: 'advance-world-clock' })
  await press({ op: 'clear-requests' })
  expect(sandbox.serverClock.now().getTime() - before).toBeGreaterThanOrEqual(3_600_000)
  expect(sandbox.requests).toEqual([])
})

test('a long query is folded away, whatever it holds', async () => {
  const { read } = await openPage()
  const query = `query=${encodeURIComponent('is:unresolved "<b>bold</b>"'.repeat(5))}&limit=25`
  await fetch(`${sandbox.url}/api/0/organizations/?${query}`)
  const page = await read()
  expect(page).toContain('<details>')
  expect(page).toContain('limit=25')
  expect(page).not.toContain('<b>')
})

test('a button that is not on the page, and a form from elsewhere, do nothing', async () => {
  const { press } = await openPage()
  expect(await press({ op: 'explode' })).toBe(400)
  expect(await press({ op: 'add-fault', fault: 'html', pattern: '(' })).toBe(400)
  expect(await press({ op: 'add-fault', fault: 'Connection cut', pattern: '(' })).toBe(400)
  expect(await press({ csrfmiddlewaretoken: 'forged', op: 'add-fault', fault: 'Connection cut' })).toBe(403)
  expect(sandbox.faults).toEqual([])
})
