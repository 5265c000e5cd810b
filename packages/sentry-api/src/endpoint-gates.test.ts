import { expect, test } from 'vitest'
import { apiOf, openClient, serve } from '../test/scripted-client.ts'
import { json } from '../test/scripted-server.ts'
import { createEndpointGates, followConcurrency } from './endpoint-gates.ts'
import { createGrantTraffic } from './grant-traffic.ts'

const endpoint = '/api/0/organizations/{org}/issues/'
const request = { endpoint, parameters: { org: 'acme' } }

const gate = () => createEndpointGates().of('https://sentry.io', endpoint)

test('an endpoint is asked ten things at a time where Sentry says nothing', () => {
  const silent = gate()
  followConcurrency(silent, { concurrentLimit: null, concurrentRemaining: null }, 1)
  expect(silent.limit).toBe(10)
})

test.each([
  ['all that Sentry allows', { concurrentLimit: 25, concurrentRemaining: 24 }, 1, 25],
  ['all of it while our own calls use some', { concurrentLimit: 25, concurrentRemaining: 15 }, 10, 25],
  ['what other programs of the person leave', { concurrentLimit: 25, concurrentRemaining: 4 }, 1, 5],
  ['one when they leave none', { concurrentLimit: 25, concurrentRemaining: 0 }, 0, 1],
  ['all of it when Sentry says nothing of what is left', { concurrentLimit: 3, concurrentRemaining: null }, 1, 3],
])('a grant may use %s', (_, limits, inside, expected) => {
  const followed = gate()
  followConcurrency(followed, limits, inside)
  expect(followed.limit).toBe(expected)
})

test('each endpoint of each host has a gate of its own, and each grant', () => {
  const gates = createEndpointGates()
  expect(gates.of('https://sentry.io', endpoint)).toBe(gates.of('https://sentry.io', endpoint))
  expect(gates.of('https://sentry.io', endpoint)).not.toBe(gates.of('https://de.sentry.io', endpoint))
  expect(gates.of('https://sentry.io', endpoint)).not.toBe(gates.of('https://sentry.io', '/api/0/auth/'))
})

test('the headers of an answer set it', async () => {
  const headers = { 'x-sentry-rate-limit-concurrentlimit': '9', 'x-sentry-rate-limit-concurrentremaining': '3' }
  const server = await serve(json(200, {}, headers))
  const traffic = createGrantTraffic()
  await openClient(apiOf(server), { traffic }).get(request)
  expect(traffic.gates.of(server.url, endpoint).limit).toBe(4)
})
