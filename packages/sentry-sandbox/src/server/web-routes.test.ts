import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../sandbox.ts'
import { createApiClient } from '../testing/api-client.ts'
import { openBrowser, readField, type Browser } from '../testing/browser.ts'
import { findPerson, openSignedInBrowser } from '../testing/sign-in.ts'

let sandbox: Sandbox
let mira: Browser
let noor: Browser

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false })
  mira = await openSignedInBrowser(sandbox, 'mira')
  noor = await openSignedInBrowser(sandbox, 'noor')
})
afterAll(() => sandbox.close())

async function visit(browser: Browser, path: string): Promise<{ status: number; text: string }> {
  const response = await browser.get(path)
  return { status: response.status, text: await response.text() }
}

test.each([
  ['/organizations/lumen-freight/', 'the overview of the organization Lumen Freight'],
  ['/organizations/lumen-freight/issues/', 'the issues of the organization'],
  ['/organizations/lumen-freight/projects/edge-proxy/', 'the project Edge Proxy'],
  ['/organizations/lumen-freight/projects/edge-proxy', 'the project Edge Proxy'],
  ['/organizations/kleinwerk/releases/', 'the releases of the organization Kleinwerk'],
  ['/settings/lumen-freight/teams/sre/', 'the team SRE'],
  ['/settings/lumen-freight/projects/edge-proxy/', 'the project Edge Proxy'],
])('%s says what Sentry would show there', async (path, expected) => {
  const { status, text } = await visit(mira, path)
  expect([status, text]).toEqual([200, expect.stringContaining(expected)])
})

test('the addresses that API answers hold lead to such pages', async () => {
  const ask = createApiClient(sandbox, 'mira')
  const [issue] = (await ask('organizations/lumen-freight/issues/?project=-1&limit=1')).body as {
    permalink: string
    shortId: string
  }[]
  const { links } = (await ask('organizations/kleinwerk/')).body as { links: { organizationUrl: string } }
  const [release] = (await ask('organizations/lumen-freight/releases/?project=-1&per_page=1')).body as {
    version: string
  }[]
  const places = [
    [issue?.permalink ?? '', issue?.shortId],
    [links.organizationUrl, 'Kleinwerk'],
    [`/organizations/lumen-freight/releases/${encodeURIComponent(release?.version ?? '')}/`, release?.version],
  ]
  for (const [path = '', expected] of places) {
    const { status, text } = await visit(mira, path)
    expect([path, status, text]).toEqual([path, 200, expect.stringContaining(expected ?? 'nothing')])
  }
})

test.each([
  '/organizations/lumen-freight/projects/edge-proxy/',
  '/settings/lumen-freight/projects/edge-proxy/',
  '/settings/lumen-freight/teams/sre/',
  '/organizations/kleinwerk/',
  '/organizations/kleinwerk/issues/',
  '/organizations/fjordbank/issues/',
])('%s is nothing to a person who may not see it, exactly like what does not exist', async (path) => {
  const hidden = await visit(noor, path)
  expect(hidden).toEqual(await visit(noor, '/organizations/no-such-organization/issues/'))
  expect(hidden.status).toBe(404)
})

test.each([
  '/organizations/lumen-freight/projects/nothing/',
  '/organizations/lumen-freight/issues/1/',
  '/organizations/lumen-freight/releases/nothing/',
  '/organizations/lumen-freight/crons/edge-proxy/nothing/',
  '/organizations/lumen-freight/replays/nothing/',
  '/organizations/lumen-freight/unheard-of/',
  '/organizations/lumen-freight/stats/more/',
  '/settings/lumen-freight/members/7/',
  '/settings/account/',
  '/organizations/%E0%A4%A/',
  '/organizations/__proto__/constructor/',
])('%s is not found', async (path) => {
  expect((await visit(mira, path)).status).toBeGreaterThanOrEqual(400)
  expect((await visit(mira, path)).status).toBeLessThan(500)
})

test('whoever is not signed in is asked who they want to be, whether or not there is something, and comes back', async () => {
  const stranger = openBrowser(sandbox.url)
  const [known, unknown] = ['/organizations/lumen-freight/projects/edge-proxy/', '/organizations/nobody/issues/']
  const pages = [await visit(stranger, known ?? ''), await visit(stranger, unknown ?? '')]
  expect(pages.map(({ status }) => status)).toEqual([200, 200])
  expect(pages.some(({ text }) => text.includes('Edge Proxy'))).toBe(false)
  const answer = await stranger.submit('/auth/login/', {
    csrfmiddlewaretoken: readField(pages[0]?.text ?? '', 'csrfmiddlewaretoken'),
    person: findPerson(sandbox, 'mira').id,
    next: readField(pages[0]?.text ?? '', 'next'),
  })
  expect(answer.headers.get('location')).toBe(known)
})
