import type { Organization } from '@sentry-graph/sentry-api'
import { expect, test } from 'vitest'
import { permalink } from './permalink.ts'

function organization(organizationUrl: string | null): Organization {
  return { id: '1', slug: 'Acme', name: 'Acme', dateCreated: null, avatarUrl: null, regionUrl: null, organizationUrl }
}

test('an organization of sentry.io has a host of its own', () => {
  const acme = organization('https://acme.sentry.io')
  expect(permalink(acme, 'https://sentry.io', { page: 'projects/web/' })).toBe('https://acme.sentry.io/projects/web/')
  expect(permalink(acme, 'https://sentry.io', { settings: 'teams/web/' })).toBe(
    'https://acme.sentry.io/settings/teams/web/',
  )
})

test.each([['https://sentry.example.com/organizations/Acme'], ['https://sentry.example.com'], [null]])(
  'elsewhere it is part of the path (organizationUrl: %s)',
  (organizationUrl) => {
    const link = permalink(organization(organizationUrl), 'https://sentry.example.com', { page: 'issues/' })
    expect(link).toBe('https://sentry.example.com/organizations/Acme/issues/')
  },
)

test('an address that is none of the web is not believed', () => {
  const link = permalink(organization('javascript:alert(1)'), 'https://sentry.io', { settings: 'teams/web/' })
  expect(link).toBe('https://sentry.io/settings/Acme/teams/web/')
})
