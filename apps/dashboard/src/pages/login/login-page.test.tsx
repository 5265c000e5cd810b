import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { gateway, heading, openDashboard, openDashboardWithoutGateway, pending } from '../../gateway.fixture.tsx'

function continueLink(): Promise<HTMLElement> {
  return screen.findByRole('link', { name: /Continue with Sentry/ })
}

it('offers one way in, which keeps where the person wanted to go', async () => {
  openDashboard('/login?return_to=/o/acme', { viewer: null })
  expect((await continueLink()).getAttribute('href')).toBe('/api/auth/login?return_to=%2Fo%2Facme')
})

it('keeps an encoded part of where the person wanted to go', async () => {
  openDashboard(`/login?${new URLSearchParams({ return_to: '/o/100%25?q=50%25' })}`, { viewer: null })
  expect((await continueLink()).getAttribute('href')).toBe(
    `/api/auth/login?return_to=${encodeURIComponent('/o/100%25?q=50%25')}`,
  )
})

it('offers it before the gateway has answered', async () => {
  openDashboard('/login', { viewer: pending, gateway: pending })
  expect(await continueLink()).toBeTruthy()
})

it('says in words what will be asked for and why', async () => {
  openDashboard('/login', { viewer: null, gateway: { ...gateway, requestedScopes: ['org:read', 'made:up'] } })
  expect((await screen.findByText('Read your organizations')).closest('li')?.textContent).toContain('to list them')
  expect(screen.getByText('made:up')).toBeTruthy()
})

it('says unmissably that a sandbox is a sandbox, and says nothing of it otherwise', async () => {
  openDashboard('/login', { viewer: null, gateway: { ...gateway, isSandbox: true } })
  expect(await screen.findByText('This is Sentry Sandbox')).toBeTruthy()
})

it('leads to the page of the sandbox where one becomes somebody else', async () => {
  openDashboard('/login', { viewer: null, gateway: { ...gateway, isSandbox: true } })
  const link = await screen.findByRole('link', { name: 'Become somebody else' })
  expect(link.getAttribute('href')).toBe('http://127.0.0.1:3100')
})

it('does not speak of a sandbox when Sentry is real', async () => {
  openDashboard('/login', { viewer: null })
  await screen.findByText('Read your organizations')
  expect(screen.queryByText(/Sandbox/)).toBeNull()
  expect(screen.queryByRole('link', { name: 'Become somebody else' })).toBeNull()
})

it('refuses to lead to another site after sign-in', async () => {
  openDashboard('/login?return_to=//evil.example', { viewer: null })
  expect((await continueLink()).getAttribute('href')).toBe('/api/auth/login')
})

it('sends someone already signed in on', async () => {
  openDashboard('/login?return_to=/o/acme', {})
  await waitFor(() => expect(location.pathname).toBe('/o/acme'))
})

it('says that the gateway cannot be reached instead of offering a broken way in', async () => {
  openDashboardWithoutGateway('/login')
  expect((await screen.findByRole('alert', {}, { timeout: 5000 })).textContent).toContain(
    'The gateway cannot be reached.',
  )
  expect(screen.queryByRole('link', { name: /Continue with Sentry/ })).toBeNull()
  await heading('Sentry Graph')
})
