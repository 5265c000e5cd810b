import { expect, test } from 'vitest'
import { apiOf, openClient, serve } from '../test/scripted-client.ts'
import { json } from '../test/scripted-server.ts'
import type { Deprecation } from './deprecations.ts'

const endpoint = '/api/0/organizations/{org}/'
const request = { endpoint, parameters: { org: 'acme' } }
const announcing = (date: string, replacement?: string) =>
  json(
    200,
    {},
    {
      'x-sentry-deprecation-date': date,
      ...(replacement === undefined ? {} : { 'x-sentry-replacement-endpoint': replacement }),
    },
  )

test('what Sentry announces is reported once and listed with the last word, by template', async () => {
  const server = await serve(announcing('2027-01-31T00:00:00+00:00'), announcing('2027-06-30T00:00:00+00:00', '/new/'))
  const reported: Deprecation[] = []
  const api = apiOf(server, { onDeprecation: (deprecation) => reported.push(deprecation) })
  await openClient(api).get(request)
  await openClient(api).get(request)
  const lastSeen = expect.any(Date)
  const first = { endpoint, deprecatedOn: new Date('2027-01-31T00:00:00Z'), replacement: null, lastSeen }
  expect(reported).toEqual([first])
  expect(api.deprecations()).toEqual([
    { endpoint, deprecatedOn: new Date('2027-06-30T00:00:00Z'), replacement: '/new/', lastSeen },
  ])
})

test('a date that is none and a replacement of any length are no trouble', async () => {
  const server = await serve(announcing('soon', 'x'.repeat(5000)))
  const api = apiOf(server)
  await openClient(api).get(request)
  expect(api.deprecations()).toMatchObject([{ endpoint, deprecatedOn: null, replacement: null }])
})

test('an endpoint that stays is not listed', async () => {
  const api = apiOf(await serve(json(200, {})))
  await openClient(api).get(request)
  expect(api.deprecations()).toEqual([])
})
