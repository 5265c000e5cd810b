import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { heading, openDashboard } from '../../gateway.fixture.tsx'
import { describeSignInFailure, readCorrelationId, signInFailures } from './sign-in-failures.ts'

const gatewayCodes = [
  'state_missing',
  'state_mismatch',
  'state_expired',
  'state_reused',
  'missing_code',
  'access_denied',
  'invalid_scope',
  'provider_error',
  'exchange_refused',
  'exchange_timeout',
  'provider_unavailable',
  'profile_unavailable',
  'store_unavailable',
  'session_unavailable',
  'rate_limited',
]

it('has words for exactly the codes of the gateway', () => {
  expect(Object.keys(signInFailures).toSorted()).toEqual(gatewayCodes.toSorted())
})

it.each(gatewayCodes)('explains %s on the page', async (code) => {
  openDashboard(`/auth/error?code=${code}`, { viewer: null })
  const { heading: title, explanation } = describeSignInFailure(code)
  await heading(title)
  expect(screen.getByText(explanation)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Try again' }).getAttribute('href')).toBe('/api/auth/login')
  expect(screen.getByRole('link', { name: 'Go home' }).getAttribute('href')).toBe('/')
})

it.each(['', '?code=', '?code=constructor', '?code=<b>bold</b>'])(
  'explains the unknown failure of "%s"',
  async (search) => {
    openDashboard(`/auth/error${search}`, { viewer: null })
    await heading('Signing in did not work')
    expect(document.body.innerHTML).not.toContain('bold')
  },
)

it.each(['state_missing', 'state_reused'])('mentions with %s that the sign-in may be over already', (code) => {
  expect(describeSignInFailure(code).explanation).toMatch(/finished or denied already/)
})

it('leads home whoever is signed in all the same, and to no further sign-in', async () => {
  openDashboard('/auth/error?code=state_reused', {})
  expect(await screen.findByText('You are signed in as Ada Okafor all the same.')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Go home' }).getAttribute('href')).toBe('/')
  expect(screen.queryByRole('link', { name: 'Try again' })).toBeNull()
})

it('puts focus on the heading', async () => {
  openDashboard('/auth/error?code=access_denied', { viewer: null })
  expect(document.activeElement).toBe(await heading('You did not allow access'))
})

it('shows the reference so that it can be copied', async () => {
  openDashboard('/auth/error?code=access_denied&id=7f3c1b52-90ab-4e7d-8a25-1d5e6f90aa11', { viewer: null })
  expect(await screen.findByText('7f3c1b52-90ab-4e7d-8a25-1d5e6f90aa11')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Copy the reference' })).toBeTruthy()
})

describe('a reference from the address', () => {
  it.each(['Your account is locked, call 555-1234', '<script>', 'a'.repeat(65), '', 'x', 'req.1', null])(
    'is not shown when it is %j',
    (id) => {
      expect(readCorrelationId(id)).toBeNull()
    },
  )
})
