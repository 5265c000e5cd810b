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

describe('monitors', () => {
  test('are those that Sentry lists, with how they stand in each environment', async () => {
    const listed: WireBody[] = await wire('organizations/lumen-freight/monitors/?project=-1&per_page=100')
    const { data, errors, requests } = await askIn(
      `monitors(first: 100) { totalCount nodes { sentryId slug name status rawStatus isMuted timezone schedule permalink
        project { sentryId slug } owner { __typename ... on Principal { sentryId name } }
        environments { name status lastCheckInAt nextCheckInAt isMuted } } }`,
    )
    expect(errors).toEqual([])
    expect(requests).toHaveLength(2)
    expect(listed.length).toBeGreaterThan(3)
    expect(data.organization.monitors.totalCount).toBe(listed.length)
    expect(data.organization.monitors.nodes).toEqual(
      listed.map((monitor) => ({
        sentryId: monitor.id,
        slug: monitor.slug,
        name: monitor.name,
        status: monitor.status.toUpperCase(),
        rawStatus: monitor.status,
        isMuted: monitor.isMuted,
        timezone: monitor.config.timezone,
        schedule: expect.stringMatching(/^(?:every (?:\d+ )?[a-z]+|[\d*/]+(?: [\d*/]+){4})$/),
        permalink: expect.stringMatching(new RegExp(`/crons/${monitor.project.slug}/${monitor.slug}/$`)),
        project: { sentryId: monitor.project.id, slug: monitor.project.slug },
        owner: monitor.owner && { __typename: 'Team', sentryId: monitor.owner.id, name: monitor.owner.name },
        environments: monitor.environments.map((environment: WireBody) => ({
          name: environment.name,
          status: environment.status.toUpperCase(),
          lastCheckInAt: instant(environment.lastCheckIn),
          nextCheckInAt: instant(environment.nextCheckIn),
          isMuted: environment.isMuted,
        })),
      })),
    )
  })

  test('can be those of some projects', async () => {
    const { data } = await askIn('monitors(first: 1) { nodes { project { id sentryId } } }')
    const { project } = data.organization.monitors.nodes[0]
    const { data: found } = await askIn(
      'monitors(projectIds: $ids) { nodes { project { sentryId } } }',
      { ids: [project.id] },
      '($ids: [ID!])',
    )
    const projects = found.organization.monitors.nodes.map((node: WireBody) => node.project.sentryId)
    expect(new Set(projects)).toEqual(new Set([project.sentryId]))
  })

  test('have an owner of whom no more than the name is told; the rest costs a call for all', async () => {
    const { data, errors, requests } = await askIn(
      'monitors(first: 100) { nodes { owner { ... on Team { slug memberCount } } } }',
    )
    expect(errors).toEqual([])
    const owners = data.organization.monitors.nodes.flatMap(({ owner }: WireBody) => owner ?? [])
    expect(owners[0]).toEqual({ slug: expect.any(String), memberCount: expect.any(Number) })
    expect(requests).toHaveLength(3)
  })

  test('come again by their ids', async () => {
    const { data } = await askIn('monitors(first: 2) { nodes { id slug } }')
    const { nodes } = data.organization.monitors
    const again = await mira.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Monitor { id slug } } }', {
      ids: nodes.map(({ id }: WireBody) => id),
    })
    expect(again.data.nodes).toEqual(nodes)
    expect(again.requests).toHaveLength(2)
  })

  test('have check-ins, the latest first, page by page', async () => {
    const { data } = await askIn('monitors(first: 100) { nodes { id sentryId status } }')
    const monitor = data.organization.monitors.nodes.find(({ status }: WireBody) => status === 'ACTIVE')
    const listed: WireBody[] = await wire(
      `organizations/lumen-freight/monitors/${monitor.sentryId}/checkins/?per_page=6`,
    )
    const askCheckIns = (args: string) =>
      mira.ask(
        `query ($id: ID!) { node(id: $id) { ... on Monitor { checkIns(${args}) { pageInfo { endCursor } nodes { id status rawStatus durationMs environment at expectedAt } } } } }`,
        { id: monitor.id },
      )
    const first = await askCheckIns('first: 3')
    const second = await askCheckIns(`first: 3, after: "${first.data.node.checkIns.pageInfo.endCursor}"`)
    const found = [first, second].flatMap((answer) => answer.data.node.checkIns.nodes)
    expect(found).toEqual(
      listed.map((checkIn) => ({
        id: expect.any(String),
        status: checkIn.status.toUpperCase(),
        rawStatus: checkIn.status,
        durationMs: checkIn.duration,
        environment: checkIn.environment,
        at: instant(checkIn.dateAdded),
        expectedAt: instant(checkIn.expectedTime),
      })),
    )
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
  })

  test('refuse a cursor of another list', async () => {
    const { data } = await askIn('alerts(first: 1) { pageInfo { endCursor } }')
    const { errors, requests } = await askIn(
      'monitors(after: $after) { nodes { id } }',
      { after: data.organization.alerts.pageInfo.endCursor },
      '($after: String)',
    )
    expect(errors).toMatchObject([{ path: ['organization', 'monitors'], extensions: { code: 'BAD_USER_INPUT' } }])
    expect(requests).toHaveLength(1)
  })
})

describe('Sentry’s answers', () => {
  test('may have numbers for ids, states nobody knows and nearly nothing else', async () => {
    const body = [
      {
        id: 12,
        slug: 'job',
        name: null,
        status: 'hibernating',
        owner: { type: 'robot', id: 1 },
        project: null,
        config: { schedule: [10, 'minute'] },
        environments: [null, { name: 'production', status: 'exploded', lastCheckIn: 'never' }, 'odd'],
      },
      { id: '13', slug: 'other', config: { schedule: ['crontab', '0 2 * * *'] } },
      { id: '14', slug: 'third', config: { schedule: { odd: true } }, environments: {} },
    ]
    graph.sandbox.fault({ path: /\/monitors\/$/ }, { status: 200, body })
    const { data, errors } = await askIn(
      'monitors { nodes { sentryId name status rawStatus isMuted schedule permalink owner { __typename } project { id } environments { name status rawStatus lastCheckInAt } } }',
    )
    expect(errors).toEqual([])
    const none = { isMuted: null, permalink: null, owner: null, project: null, environments: [] }
    expect(data.organization.monitors.nodes).toEqual([
      {
        ...none,
        sentryId: '12',
        name: 'job',
        status: 'UNKNOWN',
        rawStatus: 'hibernating',
        schedule: 'every 10 minutes',
        environments: [{ name: 'production', status: 'UNKNOWN', rawStatus: 'exploded', lastCheckInAt: null }],
      },
      { ...none, sentryId: '13', name: 'other', status: 'UNKNOWN', rawStatus: null, schedule: '0 2 * * *' },
      { ...none, sentryId: '14', name: 'third', status: 'UNKNOWN', rawStatus: null, schedule: null },
    ])
  })

  test('may measure in fractions, and call what happened by a new name', async () => {
    const { data: before } = await askIn('monitors(first: 1) { nodes { id } }')
    const body = [
      { id: 1, status: 'paused', duration: 12.5 },
      { id: '2', status: 'missed', duration: null },
    ]
    graph.sandbox.fault({ path: /\/checkins\/$/ }, { status: 200, body })
    const { data, errors } = await mira.ask(
      'query ($id: ID!) { node(id: $id) { ... on Monitor { checkIns { nodes { status rawStatus durationMs at } } } } }',
      { id: before.organization.monitors.nodes[0].id },
    )
    expect(errors).toEqual([])
    expect(data.node.checkIns.nodes).toEqual([
      { status: 'UNKNOWN', rawStatus: 'paused', durationMs: 12.5, at: null },
      { status: 'MISSED', rawStatus: 'missed', durationMs: null, at: null },
    ])
  })

  test.each(['html', 'truncate', 'garbage'] as const)(
    '%s: an error at the field, and the rest is served',
    async (fault) => {
      graph.sandbox.fault({ path: /\/monitors\/$/ }, fault)
      const { data, errors } = await askIn('name monitors { nodes { id } }')
      expect(data.organization).toEqual({ name: 'Lumen Freight', monitors: null })
      expect(errors).toMatchObject([{ path: ['organization', 'monitors'] }])
    },
  )
})
