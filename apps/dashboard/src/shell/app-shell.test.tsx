import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { connection, failing, gateway, heading, openDashboard, organization, viewer } from '../gateway.fixture.tsx'

afterEach(() => vi.restoreAllMocks())

async function openUserMenu(): Promise<void> {
  fireEvent.click(await screen.findByRole('button', { name: 'Ada Okafor: account and theme' }))
}

it('labels demo data on every page', async () => {
  openDashboard('/', { gateway: { ...gateway, isSandbox: true } })
  expect(await screen.findByText('Sentry Sandbox')).toBeTruthy()
})

it('signs out at the gateway and leaves with nothing kept', async () => {
  const request = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(null, { status: 204 }))
  const leave = vi.spyOn(location, 'replace').mockReturnValue()
  openDashboard('/', {})
  await openUserMenu()
  fireEvent.click(screen.getByRole('button', { name: 'Sign out' }))
  await waitFor(() => expect(leave).toHaveBeenCalledWith('/login'))
  expect(request).toHaveBeenCalledWith('/api/auth/logout', expect.objectContaining({ method: 'POST' }))
})

it('tells other tabs that the person has signed out', async () => {
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(null, { status: 204 }))
  vi.spyOn(location, 'replace').mockReturnValue()
  const otherTab = new BroadcastChannel('sentry-graph:session')
  const told = new Promise((resolve) => otherTab.addEventListener('message', ({ data }) => resolve(data)))
  openDashboard('/', {})
  await openUserMenu()
  fireEvent.click(screen.getByRole('button', { name: 'Sign out' }))
  expect(await told).toBe('signed-out')
  otherTab.close()
})

it.each([
  ['answers 503', () => Promise.resolve(new Response(null, { status: 503 }))],
  ['cannot be reached', () => Promise.reject(new TypeError('refused'))],
])('says that the person is still signed in when the gateway %s', async (_how, answer) => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(answer)
  vi.spyOn(console, 'error').mockReturnValue()
  const leave = vi.spyOn(location, 'replace').mockReturnValue()
  openDashboard('/', {})
  await openUserMenu()
  fireEvent.click(screen.getByRole('button', { name: 'Sign out' }))
  expect((await screen.findByRole('alert')).textContent).toContain('You are still signed in')
  expect(leave).not.toHaveBeenCalled()
})

it('changes the theme at once and remembers it', async () => {
  openDashboard('/', {})
  await openUserMenu()
  fireEvent.click(screen.getByRole('radio', { name: 'dark' }))
  expect(document.documentElement.dataset['theme']).toBe('dark')
  expect(localStorage.getItem('sentry-graph:theme')).toBe('dark')
  fireEvent.click(screen.getByRole('radio', { name: 'system' }))
  expect(document.documentElement.dataset['theme']).toBeUndefined()
  expect(localStorage.getItem('sentry-graph:theme')).toBeNull()
})

it('closes a menu with Escape and gives focus back', async () => {
  openDashboard('/', {})
  await openUserMenu()
  fireEvent.keyDown(document.body, { key: 'Escape' })
  expect(screen.queryByRole('button', { name: 'Sign out' })).toBeNull()
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Ada Okafor: account and theme' }))
})

it('names the organization on screen as soon as its page knows the name', async () => {
  openDashboard('/o/acme', { organization: organization() })
  expect(
    (await screen.findByRole('button', { name: /Acme Retail.*choose an organization/ })).textContent,
  ).not.toContain('acme')
})

it('lists the organizations to switch to when asked', async () => {
  const { operations } = openDashboard('/o/acme', { organization: null })
  const button = await screen.findByRole('button', { name: /acme.*choose an organization/ })
  expect(operations.some(({ name }) => name === 'OrganizationSwitcher')).toBe(false)
  fireEvent.click(button)
  expect((await screen.findByRole('link', { name: /Acme Retail/ })).getAttribute('aria-current')).toBe('page')
})

it.each([
  ['100%25', '100%'],
  ['a%20b', 'a b'],
  ['50%', '50%'],
])('opens /o/%s, whose slug is no plain word, instead of a blank page', async (address, slug) => {
  openDashboard(`/o/${address}`, {
    organization: null,
    viewer: viewer({ organizations: connection([organization({ slug })]) }),
  })
  await heading('Organization not found')
  expect(screen.getByText(`Sentry shows you no organization “${slug}”`)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: /choose an organization/ }))
  const link = await screen.findByRole('link', { name: /Acme Retail/ })
  expect(link.getAttribute('href')).toBe(`/o/${encodeURIComponent(slug)}`)
  expect(link.getAttribute('aria-current')).toBe('page')
})

it('says in the list of organizations that the region of one is not known', async () => {
  const organizations = connection([organization({ region: failing('UPSTREAM_TIMEOUT') })])
  openDashboard('/no/such/page', { viewer: viewer({ organizations }) })
  fireEvent.click(await screen.findByRole('button', { name: /choose an organization/ }))
  expect((await screen.findByRole('link', { name: /Acme Retail/ })).textContent).toContain('The region is not known.')
})

it('leads to the explorer, and knows a shortcut to it', async () => {
  openDashboard('/', {})
  await screen.findByText(/Everything here comes/)
  const links = [
    screen.getByRole('link', { name: 'Explorer' }),
    screen.getByRole('link', { name: /your own questions/ }),
  ]
  expect(links.map((link) => link.getAttribute('href'))).toEqual(['/graphiql', '/graphiql'])
  expect(screen.getByText('Go to the explorer')).toBeTruthy()
})

it('leads nowhere that the gateway does not serve', async () => {
  const go = vi.spyOn(location, 'assign').mockReturnValue()
  openDashboard('/', {}, [])
  await screen.findByText(/Everything here comes/)
  await waitFor(() => expect(screen.queryByRole('link', { name: 'Explorer' })).toBeNull())
  expect(screen.queryByRole('link', { name: /your own questions/ })).toBeNull()
  expect(screen.queryByText('Go to the explorer')).toBeNull()
  fireEvent.keyDown(document.body, { key: 'g' })
  fireEvent.keyDown(document.body, { key: 'e' })
  expect(go).not.toHaveBeenCalled()
})

it('reaches the filter with / and home with g h, but not while someone writes', async () => {
  openDashboard('/', {})
  await heading('Organizations')
  fireEvent.keyDown(document.body, { key: '/' })
  const filter = screen.getByRole('searchbox')
  expect(document.activeElement).toBe(filter)

  history.pushState(null, '', '/no/such/page')
  await heading('Page not found')
  fireEvent.keyDown(document.body, { key: 'g' })
  fireEvent.keyDown(document.body, { key: 'h' })
  const arrived = await heading('Organizations')
  await waitFor(() => expect(document.activeElement).toBe(arrived))
  fireEvent.keyDown(screen.getByRole('searchbox'), { key: '?' })
  expect(document.querySelector('dialog')?.open).toBe(false)
  fireEvent.keyDown(document.body, { key: '?' })
  expect(document.querySelector('dialog')?.open).toBe(true)
})
