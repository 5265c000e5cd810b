import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { heading, openDashboard } from '../../gateway.fixture.tsx'

it.each([{}, { viewer: null }])('answers an unknown address and leads home, signed in or not', async (answers) => {
  openDashboard('/no/such/page', answers)
  await heading('Page not found')
  expect(screen.getByRole('link', { name: 'All organizations' }).getAttribute('href')).toBe('/')
})
