import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { heading, openDashboard, openDashboardWithoutGateway, pending } from '../../gateway.fixture.tsx'

it('waits while the session is being checked', async () => {
  openDashboard('/auth/success', { viewer: pending })
  expect(await heading('Signing you in')).toBeTruthy()
})

it.each(['', '?return_to=/o/acme', '?return_to=https://evil.example'])(
  'goes home by itself, whatever the address adds: "%s"',
  async (search) => {
    openDashboard(`/auth/success${search}`, { organization: null })
    await waitFor(() => expect(location.pathname).toBe('/'))
  },
)

it('explains blocked cookies when the session did not come back', async () => {
  openDashboard('/auth/success', { viewer: null })
  await heading('Signed in, but your browser kept no session')
  expect(screen.getByRole('link', { name: 'Try again' }).getAttribute('href')).toBe('/api/auth/login')
  expect(location.pathname).toBe('/auth/success')
})

it('says that it could not check when the gateway is gone', async () => {
  openDashboardWithoutGateway('/auth/success')
  expect((await screen.findByRole('alert', {}, { timeout: 5000 })).textContent).toContain(
    'The gateway cannot be reached.',
  )
})
