import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

let gateway: TestGateway
let browser: Browser

beforeAll(async () => {
  gateway = await startGateway()
  browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
})

beforeEach(() => gateway.sandbox.clearRequests())

afterAll(() => gateway.close())

const hostile = [
  '',
  '.',
  '..',
  '...',
  '/',
  '//',
  '\\',
  '%',
  '%2e',
  '%2e%2e',
  '%2E%2E%2F',
  '%2f',
  '%5c',
  '%00',
  '%252e%252e',
  '../',
  '..\\',
  '../..',
  '../../',
  '../../../oauth/token',
  '../users/me/',
  './',
  'kleinwerk/..',
  'kleinwerk/../..',
  'kleinwerk/projects',
  'kleinwerk/',
  '/kleinwerk',
  '//evil.example',
  'https://evil.example',
  'http:evil.example',
  'javascript:alert(1)',
  'kleinwerk?query=x',
  '?',
  '#',
  'kleinwerk#x',
  'kleinwerk;x',
  'kleinwerk&x=y',
  'a@evil.example',
  'a:b@evil.example',
  '\u0000',
  '\r\n',
  'a\r\nX-Evil: 1',
  'a\tb',
  ' ',
  ' kleinwerk ',
  '\ud800',
  '\udc00x',
  '․․',
  '‥',
  '．．',
  '%c0%ae%c0%ae',
  '%u002e%u002e',
  '${jndi:x}',
  "' OR 1=1 --",
  'x'.repeat(251),
  'x'.repeat(20_000),
  '\u202ekrewnielk',
]

/** What a resolver that concatenates would ask Sentry for. */
const concatenated = (slug: string) => new URL(`https://sentry.example/api/0/organizations/${slug}/`).pathname

test('some of them would reach another endpoint in an address that is put together carelessly', () => {
  expect(hostile.length).toBeGreaterThanOrEqual(51)
  const escaped = hostile.filter((slug) => !/^\/api\/0\/organizations\/[^/]+\/$/.test(concatenated(slug)))
  expect(escaped.length).toBeGreaterThan(15)
})

const places: [string, string][] = [
  ['organization', 'organization(slug: $s) { id name }'],
  ['project', 'organization(slug: "kleinwerk") { project(slug: $s) { id name } }'],
  ['team', 'organization(slug: "kleinwerk") { team(slug: $s) { id name } }'],
]

const ownPath =
  /^\/api\/0\/(organizations\/([^/]+\/)?|organizations\/[^/]+\/(projects|teams|members)\/|(projects|teams)\/[^/]+\/[^/]+\/)$/

test.each(places)('as the slug of a %s they are refused or stay one segment', async (_, selection) => {
  for (const slug of hostile) {
    gateway.sandbox.clearRequests()
    const headers = { 'graphql-require-preflight': '1' }
    const payload = { query: `query ($s: String!) { ${selection} }`, variables: { s: slug } }
    const answer = await browser.send({ method: 'POST', url: '/graphql', headers, payload })
    expect([slug, answer.statusCode]).toEqual([slug, 200])
    for (const { extensions } of answer.json().errors ?? [])
      expect([slug, extensions.code]).toEqual([slug, expect.stringMatching(/^(BAD_USER_INPUT|NOT_FOUND)$/)])
    for (const { path } of gateway.sandbox.requests)
      expect([slug, path]).toEqual([slug, expect.stringMatching(ownPath)])
  }
})
