import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Asker, type Graph, startGraph, type WireBody } from '../test/graph.ts'

let graph: Graph
let mira: Asker

const wire = (path: string) => graph.wire('mira', path)

beforeAll(async () => {
  graph = await startGraph({ rateLimit: false })
  mira = graph.signIn('mira')
})

afterEach(() => graph.sandbox.clearFaults())
afterAll(() => graph.close())

const askIn = (fields: string, variables: Record<string, unknown> = {}, parameters = '') =>
  mira.ask(`query ${parameters} { organization(slug: "lumen-freight") { ${fields} } }`, variables)

const instant = (text: string | null) => text && new Date(text).toISOString()

const named = ({ name, version }: WireBody) => name && [name, version].filter(Boolean).join(' ')

const fields = `replayId startedAt finishedAt durationSeconds environment user { id username email ipAddress country } urls browser os
  errorCount deadClickCount rageClickCount releaseVersions isArchived`

describe('replays', () => {
  test('are those that Sentry lists', async () => {
    const { data: listed } = await wire('organizations/lumen-freight/replays/?project=-1&per_page=100&statsPeriod=90d')
    const { data, errors } = await askIn(`replays(first: 100) { nodes { ${fields} } }`)
    expect(errors).toEqual([])

    expect(data.organization.replays.nodes).toEqual(
      listed.map((replay: WireBody) => ({
        replayId: replay.id,
        startedAt: instant(replay.started_at),
        finishedAt: instant(replay.finished_at),
        durationSeconds: replay.duration,
        environment: replay.environment,
        user:
          replay.is_archived || Object.values({ ...replay.user, geo: null }).every((value) => value === null)
            ? null
            : {
                id: replay.user.id,
                username: replay.user.username,
                email: replay.user.email,
                ipAddress: replay.user.ip,
                country: replay.user.geo.country_code,
              },
        urls: replay.urls ?? [],
        browser: named(replay.browser),
        os: named(replay.os),
        errorCount: replay.count_errors,
        deadClickCount: replay.count_dead_clicks,
        rageClickCount: replay.count_rage_clicks,
        releaseVersions: replay.releases ?? [],
        isArchived: replay.is_archived,
      })),
    )
  })

  test.each([
    ['id', ['id']],
    ['replayId permalink', ['id']],
    ['durationSeconds errorCount', ['id', 'duration', 'count_errors']],
    ['project { slug } os', ['id', 'project_id', 'os']],
  ])('asked for { %s } are asked of Sentry with exactly that', async (selected, wireFields) => {
    const { errors, requests } = await askIn(`replays(first: 2) { edges { node { ${selected} } } }`)
    expect(errors).toEqual([])
    const list = requests.find(({ path }) => path.endsWith('/replays/'))
    expect(new URLSearchParams(list?.query).getAll('field')).toEqual(wireFields)
  })

  test('can be searched, and be those of a span of time', async () => {
    const { errors, requests } = await askIn(
      'replays(query: "count_errors:>0", range: { last: "24h" }) { nodes { id } }',
    )
    expect(errors).toEqual([])
    const query = new URLSearchParams(requests.at(-1)?.query)
    expect([query.get('query'), query.get('statsPeriod'), query.get('project')]).toEqual([
      'count_errors:>0',
      '24h',
      '-1',
    ])
  })

  test('come again by their ids, whole', async () => {
    const { data } = await askIn(`replays(first: 1) { nodes { id ${fields} } }`)
    const [replay] = data.organization.replays.nodes
    const again = await mira.ask(`query ($id: ID!) { node(id: $id) { ... on Replay { id ${fields} } } }`, {
      id: replay.id,
    })
    expect(again.data.node).toEqual(replay)
    expect(again.requests).toHaveLength(1)
  })

  test('may have dashes in their ids, numbers for others, and nulls for lists', async () => {
    const id = '0123456789abcdef0123456789abcdef'
    const body = {
      data: [
        { id: '01234567-89ab-cdef-0123-456789ABCDEF', urls: null, releases: [null, 'a@1'], user: 'odd', browser: [] },
        { id, duration: 1.5, user: { id: 7 }, os: { name: 'iOS', version: null } },
        { id, user: { id: 'Archived Replay', display_name: 'Archived Replay' }, started_at: 'x' },
      ],
    }
    graph.sandbox.fault({ path: /\/replays\/$/ }, { status: 200, body })
    const { data, errors } = await askIn(
      'replays { nodes { replayId durationSeconds user { id } urls releaseVersions browser os startedAt errorCount } }',
    )
    expect(errors).toEqual([])
    const none = { durationSeconds: null, user: null, urls: [], releaseVersions: [], browser: null, os: null }
    const empty = { ...none, startedAt: null, errorCount: null, replayId: id }
    expect(data.organization.replays.nodes).toEqual([
      { ...empty, releaseVersions: ['a@1'] },
      { ...empty, durationSeconds: 1.5, user: { id: '7' }, os: 'iOS' },
      empty,
    ])
  })

  test('where no project records any: an error, and no empty list', async () => {
    graph.sandbox.fault(
      { path: /\/replays\/$/ },
      { status: 404, body: { detail: 'The requested resource does not exist' } },
    )
    const { data, errors } = await askIn('name replays { nodes { id } }')
    expect(data.organization).toEqual({ name: 'Lumen Freight', replays: null })
    expect(errors).toMatchObject([{ path: ['organization', 'replays'], extensions: { code: 'NOT_FOUND' } }])
  })
})
