import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { failing, openDashboard, openDashboardWithoutGateway, viewer } from '../gateway.fixture.tsx'

it('sends someone signed out to the login page and remembers where they wanted to go', async () => {
  openDashboard('/o/acme?q=web', { viewer: null, organization: failing('UNAUTHENTICATED') })
  await waitFor(() => expect(location.pathname).toBe('/login'))
  expect(new URLSearchParams(location.search).get('return_to')).toBe('/o/acme?q=web')
})

it('remembers an address with an encoded part as it is', async () => {
  openDashboard('/o/100%25?q=50%25', { viewer: null, organization: failing('UNAUTHENTICATED') })
  await waitFor(() => expect(location.pathname).toBe('/login'))
  expect(location.search).toBe(`?${new URLSearchParams({ return_to: '/o/100%25?q=50%25' })}`)
})

it('does the same when the gateway answers with an error instead of no viewer', async () => {
  openDashboard('/', { viewer: failing('UNAUTHENTICATED') })
  await waitFor(() => expect(location.pathname).toBe('/login'))
})

it('notices a session that ends while a page is open', async () => {
  let asked = 0
  openDashboard('/o/acme', {
    viewer: () => (asked++ === 0 ? viewer() : null),
    organization: async () => {
      await screen.findByRole('button', { name: /account and theme/ })
      return failing('UNAUTHENTICATED')()
    },
  })
  await waitFor(() => expect(location.pathname).toBe('/login'))
  expect(screen.getByText(/Your session has ended/)).toBeTruthy()
})

it('throws nobody out for the UNAUTHENTICATED of one page while the session stands, and goes in no circle', async () => {
  const { operations } = openDashboard('/o/acme', {
    organization: async () => {
      await screen.findByRole('button', { name: /account and theme/ })
      return failing('UNAUTHENTICATED')()
    },
  })
  const notice = await screen.findByRole('alert')
  expect(notice.textContent).toContain('Your session has ended.')
  expect(screen.getByRole('link', { name: 'Sign in again' }).getAttribute('href')).toBe(
    '/api/auth/login?return_to=%2Fo%2Facme',
  )
  // What is asked and answered after it comes after anything that would go in a circle.
  fireEvent.click(screen.getByRole('button', { name: /choose an organization/ }))
  await screen.findByRole('link', { name: /Acme Retail/ })
  expect(location.pathname).toBe('/o/acme')
  expect(operations.map(({ name }) => name)).toEqual(['OrganizationPage', 'Shell', 'Shell', 'OrganizationSwitcher'])
})

it('says that the gateway cannot be reached', async () => {
  openDashboardWithoutGateway('/')
  expect((await screen.findByRole('alert', {}, { timeout: 5000 })).textContent).toContain(
    'The gateway cannot be reached.',
  )
})
