import { describe, expect, test } from 'vitest'
import { readWebAddress } from './web-place.ts'

const eventId = '0123456789abcdef0123456789abcdef'
const issue = { kind: 'Issue', issue: '5100000001' }
const event = { kind: 'Event', eventId }
const organization = { kind: 'Organization' }

describe('pages of an organization', () => {
  test.each([
    ['', organization],
    ['issues/', organization],
    ['issues/?project=1&query=is%3Aunresolved', organization],
    ['issues/5100000001/', issue],
    ['issues/5100000001', issue],
    ['issues/5100000001/?project=1#exception', issue],
    ['issues/5100000001/activity/', issue],
    ['issues/5100000001/events/', issue],
    ['issues/5100000001/events/latest/', issue],
    ['issues/WEB-1A/', { kind: 'Issue', issue: 'WEB-1A' }],
    [`issues/5100000001/events/${eventId}/`, event],
    [`issues/5100000001/events/${eventId.toUpperCase()}/?project=1`, event],
    [`projects/web/events/${eventId}/`, event],
    [`discover/web:${eventId}/`, event],
    ['projects/', organization],
    ['projects/web/', { kind: 'Project', slug: 'web' }],
    ['projects/Web.Shop/?statsPeriod=14d', { kind: 'Project', slug: 'Web.Shop' }],
    ['teams/core/', { kind: 'Team', slug: 'core' }],
    ['releases/', organization],
    ['releases/web%402.3.0%2B17/', { kind: 'Release', version: 'web@2.3.0+17' }],
    ['releases/feature%2Fcart/', { kind: 'Release', version: 'feature/cart' }],
    ['releases/50%/', { kind: 'Release', version: '50%' }],
    [`replays/${eventId}/?t=12`, { kind: 'Replay', replayId: eventId }],
    [`explore/replays/${eventId}/`, { kind: 'Replay', replayId: eventId }],
    ['replays/01234567-89ab-cdef-0123-456789abcdef/', { kind: 'Replay', replayId: eventId }],
    ['crons/web/nightly-export/', { kind: 'Monitor', project: 'web', slug: 'nightly-export' }],
    ['insights/crons/web/nightly-export/', { kind: 'Monitor', project: 'web', slug: 'nightly-export' }],
    ['crons/nightly-export/', { kind: 'Monitor', project: null, slug: 'nightly-export' }],
  ])('%s', (path, place) => {
    const found = { organization: 'acme', place }
    expect(readWebAddress(`https://acme.sentry.io/${path}`, 'https://sentry.io')).toEqual(found)
    expect(readWebAddress(`https://acme.sentry.io/organizations/acme/${path}`, 'https://sentry.io')).toEqual(found)
    expect(readWebAddress(`https://sentry.io/organizations/acme/${path}`, 'https://sentry.io')).toEqual(found)
    expect(readWebAddress(`https://us.sentry.io/organizations/acme/${path}`, 'https://sentry.io')).toEqual(found)
    expect(
      readWebAddress(`http://errors.example:9000/organizations/acme/${path}`, 'http://errors.example:9000'),
    ).toEqual(found)
    expect(
      readWebAddress(`https://example.org/sentry/organizations/acme/${path}`, 'https://example.org/sentry'),
    ).toEqual(found)
  })

  test.each([
    ['https://sentry.io/settings/acme/', organization],
    ['https://sentry.io/settings/acme/projects/web/', { kind: 'Project', slug: 'web' }],
    ['https://sentry.io/settings/acme/projects/web/alerts/', { kind: 'Project', slug: 'web' }],
    ['https://sentry.io/settings/acme/teams/core/', { kind: 'Team', slug: 'core' }],
    ['https://sentry.io/settings/acme/teams/', organization],
    ['https://acme.sentry.io/settings/projects/web/', { kind: 'Project', slug: 'web' }],
    ['https://acme.sentry.io/settings/acme/teams/core/members/', { kind: 'Team', slug: 'core' }],
  ])('settings: %s', (address, place) => {
    expect(readWebAddress(address, 'https://sentry.io')).toEqual({ organization: 'acme', place })
  })

  test('a slug keeps its capitals', () => {
    expect(readWebAddress('https://sentry.io/organizations/AcMe/', 'https://sentry.io').organization).toBe('AcMe')
  })
})

describe('what is refused', () => {
  test.each([
    ['another host', 'https://example.com/organizations/acme/issues/1/', 'https://sentry.io'],
    ['a host that ends alike', 'https://evilsentry.io/organizations/acme/issues/1/', 'https://sentry.io'],
    ['a host that begins alike', 'https://sentry.io.example.com/organizations/acme/issues/1/', 'https://sentry.io'],
    ['a host two levels down', 'https://a.b.sentry.io/issues/1/', 'https://sentry.io'],
    ['another port', 'https://acme.sentry.io:8443/issues/1/', 'https://sentry.io'],
    ['a name and a password', 'https://me:secret@acme.sentry.io/issues/1/', 'https://sentry.io'],
    ['sentry.io on a server of one’s own', 'https://acme.sentry.io/issues/1/', 'https://errors.example'],
    ['another port of that server', 'http://errors.example:1/organizations/acme/', 'http://errors.example:9000'],
    ['a path beside Sentry’s', 'https://example.org/wiki/organizations/acme/', 'https://example.org/sentry'],
    ['no address', 'nonsense', 'https://sentry.io'],
    ['no organization', 'https://sentry.io/', 'https://sentry.io'],
    ['no organization after the word for it', 'https://sentry.io/organizations/', 'https://sentry.io'],
    ['a page nobody knows', 'https://acme.sentry.io/dashboards/1/', 'https://sentry.io'],
    ['a page named like a member of every object', 'https://acme.sentry.io/constructor/', 'https://sentry.io'],
    ['a list of issues that was saved', 'https://acme.sentry.io/issues/views/7/', 'https://sentry.io'],
    ['a replay that is none', 'https://acme.sentry.io/replays/selectors/', 'https://sentry.io'],
    ['settings of the person', 'https://sentry.io/settings/account/', 'https://sentry.io'],
    ['one page of them', 'https://sentry.io/settings/account/details/?from=mail', 'https://sentry.io'],
    ['one that is named like a project’s', 'https://sentry.io/settings/account/projects/web/', 'https://sentry.io'],
    [
      'those of the person beneath an organization’s host',
      'https://acme.sentry.io/settings/account/',
      'https://sentry.io',
    ],
    ['one page of them there', 'https://acme.sentry.io/settings/account/api/', 'https://sentry.io'],
    ['those on a server of one’s own', 'http://errors.example:9000/settings/account/', 'http://errors.example:9000'],
    ['those beneath a path', 'https://example.org/sentry/settings/account/', 'https://example.org/sentry'],
  ])('%s', (_, address, sentryUrl) => {
    expect(() => readWebAddress(address, sentryUrl)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }))
  })
})
