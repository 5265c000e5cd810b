import { AxeBuilder } from '@axe-core/playwright'
import { launchChromium } from '@sentry-graph/tooling'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startGatewayProcess, type GatewayProcess } from './gateway-process.fixture.ts'

let gateway: GatewayProcess
let browser: Browser
let context: BrowserContext
let page: Page
let problems: string[]

beforeAll(async () => {
  ;[gateway, browser] = await Promise.all([startGatewayProcess(), launchChromium()])
})

afterAll(async () => {
  await browser.close()
  await gateway.stop()
})

beforeEach(async () => {
  context = await browser.newContext({
    baseURL: gateway.url,
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(30_000)
  page = await context.newPage()
  problems = []
  watch(page)
})

afterEach(async () => {
  await context.close()
  if (problems.length > 0) throw new Error(`The browser complained: ${problems.join('; ')}`)
})

/** What a person would find in the developer tools' console, and any request that leaves this machine. */
function watch(watched: Page) {
  watched.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`))
  watched.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`)
  })
  watched.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    const isOurs = ['localhost', '127.0.0.1'].includes(hostname) || ['data:', 'blob:'].includes(protocol)
    if (!isOurs) problems.push(`foreign request: ${request.url()}`)
  })
}

async function signIn(person: RegExp) {
  await page.goto('/login')
  await page.getByRole('link', { name: 'Continue with Sentry' }).click()
  await chooseAtSentry(person)
  await page.getByRole('heading', { name: 'Organizations', level: 1 }).waitFor()
}

/** Chooses a person on Sentry's page and approves, unless that person has done so before. */
async function chooseAtSentry(person: RegExp) {
  await page.getByRole('button', { name: person }).click()
  const approve = page.getByRole('button', { name: 'Approve' })
  await approve.or(page.getByRole('navigation')).first().waitFor()
  if (await approve.isVisible()) await approve.click()
}

async function signOut() {
  await page.getByRole('button', { name: /account and theme/ }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('link', { name: 'Continue with Sentry' }).waitFor()
}

const openOrganization = async (name: string) => {
  await page
    .getByRole('link', { name: new RegExp(name) })
    .first()
    .click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
}

test('a person signs in, sees organizations of both regions and their projects, asks in GraphiQL, signs out and is out', async () => {
  await page.goto('/')
  await page.waitForURL('**/login**')
  await page.getByText('Nothing here is real').waitFor()
  await page.getByRole('link', { name: 'Continue with Sentry' }).click()

  await page.waitForURL(`${gateway.sandboxUrl}/**`)
  await page.getByRole('button', { name: /Mira/ }).click()
  await page.getByRole('button', { name: 'Approve' }).click()

  await page.getByRole('heading', { name: 'Organizations' }).waitFor()
  const organizations = page.getByRole('region', { name: 'All organizations' })
  await organizations.getByText('3 organizations in 2 regions').waitFor()
  for (const name of ['Lumen Freight', 'Tiny Orchard', 'Kleinwerk Maschinenbau']) {
    expect(await organizations.getByText(name, { exact: true }).count()).toBe(1)
  }

  await openOrganization('Lumen Freight')
  await page.getByText('Shop Web', { exact: true }).first().waitFor()

  await page.goto('/graphiql')
  await page.getByRole('button', { name: /Projects of all organizations/i }).click()
  await page.getByRole('button', { name: /Execute query/ }).click()
  await page.getByText('"kleinwerk"').first().waitFor()

  await page.goto('/')
  await signOut()
  await page.goto('/o/lumen-freight')
  await page.waitForURL('**/login?return_to=**')
})

test('the page a person wanted is where sign-in leads', async () => {
  await page.goto('/o/kleinwerk?view=table')
  await page.getByRole('link', { name: 'Continue with Sentry' }).click()
  await page.getByRole('button', { name: /Mira/ }).click()
  const consent = page.getByRole('button', { name: 'Approve' })
  await consent
    .or(page.getByRole('heading', { name: 'Kleinwerk' }))
    .first()
    .waitFor()
  if (await consent.isVisible()) await consent.click()
  await page.getByRole('heading', { name: 'Kleinwerk Maschinenbau', level: 1 }).waitFor()
  expect(new URL(page.url()).search).toBe('?view=table')
})

test('a person without an organization is told why there is nothing', async () => {
  await signIn(/sam/i)
  await expectToSee(page.getByText('belongs to no organization'))
})

test('whoever denies consent comes to a page that says so, with a way to try again', async () => {
  await page.goto('/login')
  await page.getByRole('link', { name: 'Continue with Sentry' }).click()
  await page.getByRole('button', { name: /Noor/ }).click()
  await page.getByRole('button', { name: 'Deny' }).click()
  await page.waitForURL('**/auth/error?code=access_denied**')
  await page.getByRole('link', { name: 'Try again' }).waitFor()
  const id = new URL(page.url()).searchParams.get('id') ?? ''
  expect(gateway.output()).toContain(id)
  await page.getByText(id).waitFor()
})

test('a restart of the gateway keeps the person signed in', async () => {
  await signIn(/Noor/)
  // A page that is still asking would complain that nobody answers.
  await page.goto('about:blank')
  await gateway.restart()
  await page.goto('/')
  await expectToSee(page.getByRole('region', { name: 'All organizations' }).getByText('1 organization'))
})

test('another client gets the same data with the session cookie', async () => {
  await signIn(/Noor/)
  const cookies = await context.cookies(gateway.url)
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'graphql-require-preflight': '1',
      // The page has asked for the organizations a moment ago.
      'cache-control': 'no-cache',
      cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
    },
    body: JSON.stringify({ query: '{ viewer { organizations { nodes { slug } } } }' }),
  })
  expect(await response.json()).toMatchObject({
    data: { viewer: { organizations: { nodes: [{ slug: 'lumen-freight' }] } } },
    extensions: { cost: { upstreamCalls: 1 } },
  })
})

test('signing out in one tab signs the other tab out', async () => {
  await signIn(/Noor/)
  const other = await context.newPage()
  watch(other)
  await other.goto('/')
  await other.getByRole('heading', { name: 'Organizations' }).waitFor()
  await signOut()
  await expectToSee(other.getByRole('link', { name: 'Continue with Sentry' }))
})

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test('every page fits 360 px and passes the accessibility rules', async () => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto('/login')
    await page.getByRole('link', { name: 'Continue with Sentry' }).waitFor()
    await expectFitAndAccessible()
    await page.goto('/auth/error?code=state_expired&id=none')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await expectFitAndAccessible()
    await signIn(/Noor/)
    await page.getByRole('region', { name: 'All organizations' }).getByText('1 organization').waitFor()
    await expectFitAndAccessible()
    await openOrganization('Lumen Freight')
    await page.getByRole('heading', { name: /Teams/ }).waitFor()
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'))
    await expectFitAndAccessible()
  })
})

async function expectToSee(locator: Locator) {
  await locator.waitFor()
  expect(await locator.isVisible()).toBe(true)
}

async function expectFitAndAccessible() {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow, `sideways scroll on ${page.url()}`).toBe(0)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}
