import { AxeBuilder } from '@axe-core/playwright'
import { launchChromium } from '@sentry-graph/tooling'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startGatewayProcess, type GatewayProcess } from './gateway-process.fixture.ts'

let gateway: GatewayProcess
let browser: Browser

beforeAll(async () => {
  ;[gateway, browser] = await Promise.all([startGatewayProcess(), launchChromium()])
})

afterAll(async () => {
  await browser.close()
  await gateway.stop()
})

async function openSignedIn(width: number): Promise<Page> {
  const viewport = { width, height: 900 }
  const context = await browser.newContext({ baseURL: gateway.url, viewport, reducedMotion: 'reduce' })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  await page.goto('/login?return_to=/sessions')
  await page.getByRole('link', { name: 'Continue with Sentry' }).click()
  await page.getByRole('button', { name: /Mira/ }).click()
  const approve = page.getByRole('button', { name: 'Approve' })
  await approve.or(page.getByRole('navigation')).first().waitFor()
  if (await approve.isVisible()) await approve.click()
  await page.getByText('This browser', { exact: true }).waitFor()
  return page
}

async function nameOf(headers: Record<string, string>): Promise<string | null> {
  const answer = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: '{ viewer { user { name } } }' }),
  })
  const { data } = (await answer.json()) as { data: { viewer: { user: { name: string } } | null } }
  return data.viewer?.user.name ?? null
}

test('a person connects one client by a double click, uses it, ends it, and signs out everywhere', async () => {
  const other = await openSignedIn(1280)
  const page = await openSignedIn(1280)
  await page.getByLabel('Name').fill('Nightly report')
  await page.getByRole('button', { name: 'Connect', exact: true }).dblclick()
  await page.getByText('“Nightly report” is connected').waitFor()
  const value = await page.getByLabel('Value', { exact: true }).innerText()
  expect(await nameOf({ authorization: `Bearer ${value}` })).toBe('Mira Lindqvist')
  expect(await nameOf({ cookie: `sentry_graph=${value}`, 'graphql-require-preflight': '1' })).toBe('Mira Lindqvist')
  expect(gateway.output()).not.toContain(value)

  await page.reload()
  await page.getByText('This browser', { exact: true }).waitFor()
  expect(await page.content()).not.toContain(value)
  expect(await page.getByRole('button', { name: 'End Nightly report' }).count()).toBe(1)
  await page.getByRole('button', { name: 'End Nightly report' }).press('Enter')
  await page.getByRole('button', { name: 'End it now' }).press('Enter')
  await page.getByRole('button', { name: 'End Nightly report' }).waitFor({ state: 'detached' })
  await expect.poll(() => nameOf({ authorization: `Bearer ${value}` })).toBeNull()

  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click()
  await page.getByRole('link', { name: 'Continue with Sentry' }).waitFor()
  await other.reload()
  await other.getByRole('link', { name: 'Continue with Sentry' }).waitFor()
})

test.each(['light', 'dark'] as const)('the page is accessible and fits a phone, in the %s', async (colorScheme) => {
  const page = await openSignedIn(360)
  await page.emulateMedia({ colorScheme })
  await page.getByLabel('Only some').check()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
})
