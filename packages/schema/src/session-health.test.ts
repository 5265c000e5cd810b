import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Asker, type Graph, startGraph } from '../test/graph.ts'

let graph: Graph
let mira: Asker

beforeAll(async () => {
  graph = await startGraph({ rateLimit: false })
  mira = graph.signIn('mira')
})

afterEach(() => graph.sandbox.clearFaults())
afterAll(() => graph.close())

const sessions =
  'organizations/lumen-freight/sessions/?field=sum(session)&field=count_unique(user)&field=crash_free_rate(session)&field=crash_free_rate(user)'
const ask = (fields: string, variables: Record<string, unknown> = {}, declared = '') =>
  mira.ask(`query${declared} { organization(slug: "lumen-freight") { ${fields} } }`, variables)
const isSessions = ({ path }: { path: string }) => path.endsWith('/sessions/')

test('the whole organization over time: one call, and Sentry’s numbers', async () => {
  const { data, errors, requests } = await ask(
    'sessionHealth(range: { last: "7d" }, interval: "1d") { sessionCount userCount crashFreeSessions crashFreeUsers crashFreeSeries { total isIncomplete intervalSeconds points { value } } }',
  )
  expect(errors).toEqual([])
  expect(requests.filter(isSessions)).toHaveLength(1)
  expect(requests).toHaveLength(2)
  const [group] = (await graph.wire('mira', `${sessions}&statsPeriod=7d&interval=1d&project=-1`)).groups
  expect(group.totals['sum(session)']).toBeGreaterThan(1000)
  expect(data.organization.sessionHealth).toEqual({
    sessionCount: group.totals['sum(session)'],
    userCount: group.totals['count_unique(user)'],
    crashFreeSessions: group.totals['crash_free_rate(session)'],
    crashFreeUsers: group.totals['crash_free_rate(user)'],
    crashFreeSeries: {
      // Rates do not add up.
      total: null,
      isIncomplete: true,
      intervalSeconds: 86_400,
      points: group.series['crash_free_rate(session)'].map((value: number | null) => ({ value })),
    },
  })
})

test('without the series none is asked for; by project alone costs one call, and one for the projects', async () => {
  const totals = await ask('sessionHealth(range: { last: "24h" }) { crashFreeSessions }')
  const [, call] = totals.requests
  expect(new URLSearchParams(call?.query).get('includeSeries')).toBe('0')
  const { data, errors, requests } = await ask(
    'sessionHealth(range: { last: "24h" }) { byProject { sessionCount crashFreeSessions crashFreeUsers project { sentryId slug } } }',
  )
  expect(errors).toEqual([])
  expect(requests.map(({ path }) => path.split('/').at(-2))).toEqual(['lumen-freight', 'sessions', 'projects'])
  const wire = await graph.wire(
    'mira',
    `${sessions}&statsPeriod=24h&interval=1h&project=-1&groupBy=project&includeSeries=0`,
  )
  const byProject: { sessionCount: number; crashFreeSessions: number; project: { sentryId: string } }[] =
    data.organization.sessionHealth.byProject
  expect(byProject.length).toBeGreaterThan(2)
  type WireGroup = { by: { project: number }; totals: Record<string, number> }
  expect(
    byProject.map(({ project, sessionCount, crashFreeSessions }) => [
      project.sentryId,
      sessionCount,
      crashFreeSessions,
    ]),
  ).toEqual(
    wire.groups.map(({ by, totals: numbers }: WireGroup) => [
      String(by.project),
      numbers['sum(session)'],
      numbers['crash_free_rate(session)'],
    ]),
  )
})

const groups = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ by: { project: index + 1 }, totals: { 'sum(session)': 9 } }))
const link = (results: boolean) =>
  `<https://sentry.io/>; rel="previous"; results="false"; cursor="0:0:1", <https://sentry.io/>; rel="next"; results="${results}"; cursor="0:1:0"`

describe('whether projects are left out', () => {
  test('comes with them, in one call that is estimated once', async () => {
    const list = 'byProject { sessionCount }'
    const without = await ask(`sessionHealth(range: { last: "24h" }) { ${list} }`)
    const { data, errors, requests, cost } = await ask(
      `sessionHealth(range: { last: "24h" }) { ${list} byProjectIsCapped }`,
    )
    expect(errors).toEqual([])
    expect(data.organization.sessionHealth.byProjectIsCapped).toBe(false)
    expect(requests.filter(isSessions)).toHaveLength(1)
    expect(cost.estimated).toBe(without.cost.estimated)
  })

  test.each([
    ['there is a further page', 2, link(true), true],
    ['a full page is the last', 100, link(false), false],
    ['fewer than a page come on none', 99, null, false],
    ['as many as a page come on none: that may be all', 100, null, null],
  ])('%s', async (_, count, header, isCapped) => {
    const headers = header === null ? {} : { link: header }
    graph.sandbox.fault({ path: /\/sessions\// }, { status: 200, headers, body: { groups: groups(count) } })
    const { data, errors } = await ask(
      'sessionHealth(range: { last: "24h" }) { byProject { sessionCount } byProjectIsCapped }',
    )
    expect(errors).toEqual([])
    expect(data.organization.sessionHealth.byProject).toHaveLength(count)
    expect(data.organization.sessionHealth.byProjectIsCapped).toBe(isCapped)
  })

  test('is not known where they are not', async () => {
    graph.sandbox.fault({ path: /\/sessions\// }, { status: 400, body: { detail: 'Too many.' } })
    const { data, errors } = await ask('sessionHealth(range: { last: "24h" }) { byProjectIsCapped }')
    expect(data.organization.sessionHealth).toEqual({ byProjectIsCapped: null })
    expect(errors).toMatchObject([{ path: ['organization', 'sessionHealth', 'byProjectIsCapped'] }])
  })
})

test('a project without sessions has no rate, which is not 1', async () => {
  const { data } = await ask('projects(first: 100) { nodes { id features { hasSessions } } }')
  const silent = data.organization.projects.nodes.find(
    ({ features }: { features: { hasSessions: boolean } }) => !features.hasSessions,
  )
  const health =
    'sessionHealth(range: { last: "24h" }, projectIds: $ids) { sessionCount crashFreeSessions crashFreeUsers crashFreeSeries { points { value } } }'
  const answer = await ask(health, { ids: [silent.id] }, '($ids: [ID!])')
  expect(answer.errors).toEqual([])
  const { crashFreeSeries, ...numbers } = answer.data.organization.sessionHealth
  expect(numbers).toEqual({ sessionCount: 0, crashFreeSessions: null, crashFreeUsers: null })
  expect(crashFreeSeries.points).toContainEqual({ value: null })
  expect(crashFreeSeries.points).not.toContainEqual({ value: 1 })
})

test.each([['interval: "7h"'], ['interval: "15m"'], ['projectIds: ["nothing"]']])(
  'what Sentry would refuse is refused before any call: %s',
  async (argument) => {
    const { errors, requests } = await ask(`sessionHealth(range: { last: "24h" }, ${argument}) { sessionCount }`)
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    expect(requests.filter(isSessions)).toEqual([])
  },
)

test('the projects fail alone, and odd answers break nothing', async () => {
  graph.sandbox.fault(
    { path: /\/sessions\// },
    { status: 200, body: { groups: [{ by: {}, totals: { 'sum(session)': 5, extra: 'x' } }] } },
  )
  const { data, errors } = await ask(
    'sessionHealth(range: { last: "24h" }) { sessionCount userCount crashFreeSeries { total } }',
  )
  expect(errors).toEqual([])
  expect(data.organization.sessionHealth).toEqual({ sessionCount: 5, userCount: null, crashFreeSeries: null })
  graph.sandbox.clearFaults()
  graph.sandbox.fault({ path: /\/sessions\//, times: 1 }, { status: 400, body: { detail: 'Too many.' } })
  const refused = await ask('sessionHealth(range: { last: "24h" }) { byProject { sessionCount } }')
  expect(refused.data.organization.sessionHealth).toEqual({ byProject: null })
  expect(refused.errors).toMatchObject([
    {
      extensions: {
        code: 'BAD_USER_INPUT',
        upstream: { status: 400, endpoint: '/api/0/organizations/{org}/sessions/' },
      },
    },
  ])
})
