import type { Fault } from '@sentry-graph/sentry-sandbox'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Graph, startGraph } from '../test/graph.ts'

const megabyte = 1024 * 1024

let graph: Graph

beforeAll(async () => {
  graph = await startGraph()
})

afterEach(() => graph.sandbox.clearFaults())
afterAll(() => graph.close())

interface Row {
  fault: Fault
  code: string
  /** How often the field that fails is asked for. */
  attempts: number
}

const untilInAMinute = () => ({ 'X-Sentry-Rate-Limit-Reset': String(Math.ceil(Date.now() / 1000) + 60) })

const rows: Record<string, Row> = {
  '401 of single sign-on': { fault: { refusal: 'sso-required' }, code: 'FORBIDDEN', attempts: 1 },
  '401 of a full organization': { fault: { refusal: 'member-disabled-over-limit' }, code: 'FORBIDDEN', attempts: 1 },
  '403': { fault: { refusal: 'forbidden' }, code: 'FORBIDDEN', attempts: 1 },
  '404': { fault: { status: 404 }, code: 'NOT_FOUND', attempts: 1 },
  '409': { fault: { status: 409, body: { detail: 'x' } }, code: 'BAD_USER_INPUT', attempts: 1 },
  '410': { fault: { deprecated: '2020-01-01', brownout: 'always' }, code: 'UPSTREAM_GONE', attempts: 1 },
  // By our clock: the one of the sandbox stands still.
  '429 for a minute': { fault: { status: 429, headers: untilInAMinute() }, code: 'RATE_LIMITED', attempts: 1 },
  '500': { fault: { status: 500, body: { detail: 'x' } }, code: 'UPSTREAM_UNAVAILABLE', attempts: 1 },
  '502': { fault: { status: 502, body: '<h1>' }, code: 'UPSTREAM_UNAVAILABLE', attempts: 4 },
  '503 for two minutes': {
    fault: { status: 503, headers: { 'retry-after': '120' } },
    code: 'UPSTREAM_UNAVAILABLE',
    attempts: 1,
  },
  'a connection that breaks': { fault: 'reset', code: 'UPSTREAM_UNAVAILABLE', attempts: 4 },
  'an answer that breaks off': { fault: 'truncate', code: 'UPSTREAM_UNAVAILABLE', attempts: 4 },
  silence: { fault: 'silence', code: 'UPSTREAM_TIMEOUT', attempts: 1 },
  'a drip': { fault: { dripMs: 500 }, code: 'UPSTREAM_TIMEOUT', attempts: 1 },
  HTML: { fault: 'html', code: 'UPSTREAM_INVALID', attempts: 1 },
  garbage: { fault: 'garbage', code: 'UPSTREAM_INVALID', attempts: 1 },
  nothing: { fault: 'empty', code: 'UPSTREAM_INVALID', attempts: 1 },
  'a record without its slug': { fault: { field: 'slug', change: 'drop' }, code: 'UPSTREAM_INVALID', attempts: 1 },
  'a redirect': { fault: { redirect: 'https://elsewhere.example/' }, code: 'UPSTREAM_INVALID', attempts: 1 },
  '512 MB': { fault: { hugeBytes: 512 * megabyte }, code: 'UPSTREAM_INVALID', attempts: 1 },
  'a gzip bomb': { fault: { gzipBombBytes: 512 * megabyte }, code: 'UPSTREAM_INVALID', attempts: 1 },
}

const both = '{ organization(slug: "lumen-freight") { teams { nodes { slug } } projects { nodes { slug } } } }'
const teams = /\/teams\/$/

describe('of two fields that ask Sentry, one fails by', () => {
  test.each(Object.entries(rows))('%s: the other arrives, and the next request is good', async (_, row) => {
    graph.sandbox.fault({ path: teams }, row.fault)
    // What answers has to be given the time; only what never does lasts as long as it may.
    const mira = graph.signIn('mira', row.code === 'UPSTREAM_TIMEOUT' ? { timeout: 4000 } : {})
    const { data, errors, requests } = await mira.ask(both)
    expect(data.organization.teams).toBeNull()
    expect(data.organization.projects.nodes.length).toBeGreaterThan(0)
    expect(errors).toMatchObject([
      {
        path: ['organization', 'teams'],
        extensions: { code: row.code, upstream: { endpoint: '/api/0/organizations/{org}/teams/' } },
      },
    ])
    expect(requests.filter(({ path }) => teams.test(path))).toHaveLength(row.attempts)
    graph.sandbox.clearFaults()
    const next = await mira.ask(both)
    expect(next.errors).toEqual([])
    expect(next.data.organization.teams.nodes.length).toBeGreaterThan(0)
  })
})

describe('what the client makes good again is not seen', () => {
  test.each<[name: string, times: number, fault: Fault]>([
    ['two resets', 2, 'reset'],
    ['503 three times', 3, { status: 503 }],
    ['an answer that is lost', 1, 'lost'],
    ['an answer that is late', 1, { delayMs: 300 }],
  ])('%s', async (_, times, fault) => {
    graph.sandbox.fault({ path: teams, times }, fault)
    const { data, errors } = await graph.signIn('mira').ask(both)
    expect(errors).toEqual([])
    expect(data.organization.teams.nodes.length).toBeGreaterThan(0)
  })
})

describe('an answer that is remembered', () => {
  test('costs nothing the second time and says so, is the same, and is nobody else’s', async () => {
    const [mira, noor] = [graph.signIn('mira', { fresh: false }), graph.signIn('noor', { fresh: false })]
    const first = await mira.ask(both)
    const second = await mira.ask(both)
    expect(second.data).toEqual(first.data)
    expect(second.requests).toEqual([])
    expect(second.cost).toMatchObject({ upstreamCalls: 0, cacheHits: first.requests.length })
    expect((await noor.ask(both)).requests.length).toBeGreaterThan(0)
  })
})
