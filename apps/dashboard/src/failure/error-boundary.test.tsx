import { fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { gateway, heading, openDashboard } from '../gateway.fixture.tsx'

afterEach(() => vi.restoreAllMocks())

/** What no page expects: the footer throws while it is drawn. */
const answers = { viewer: null, gateway: { ...gateway, sentryUrl: 'no address' } }

it('says what happened instead of showing nothing, and loads the page again', async () => {
  vi.spyOn(console, 'error').mockReturnValue()
  const reload = vi.spyOn(location, 'reload').mockReturnValue()
  openDashboard('/no/such/page', answers)
  await heading('This page broke')
  fireEvent.click(screen.getByRole('button', { name: 'Load the page again' }))
  expect(reload).toHaveBeenCalledTimes(1)
})

it('gives the next page its chance', async () => {
  vi.spyOn(console, 'error').mockReturnValue()
  openDashboard('/no/such/page', answers)
  await heading('This page broke')
  history.pushState(null, '', '/login')
  expect(await heading('Sentry Graph')).toBeTruthy()
})
