import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Asker, type Graph, startGraph, type WireBody } from '../test/graph.ts'

let graph: Graph
let mira: Asker
let id: string
let sentryId: string

const wire = (path: string) => graph.wire('mira', path)

beforeAll(async () => {
  graph = await startGraph({ rateLimit: false })
  mira = graph.signIn('mira')
  const { data } = await mira.ask(
    '{ organization(slug: "lumen-freight") { issues(first: 1, filter: { query: "platform:javascript" }) { nodes { id sentryId } } } }',
  )
  ;({ id, sentryId } = data.organization.issues.nodes[0])
})

afterEach(() => graph.sandbox.clearFaults())
afterAll(() => graph.close())

const askIssue = (fields: string) =>
  mira.ask(`query ($id: ID!) { node(id: $id) { ... on Issue { ${fields} } } }`, { id })

const eventFields = `eventId title type platform occurredAt receivedAt environment releaseVersion sdk { name version }
  user { id ipAddress } tags { key value } request { method url headers { name value } }
  breadcrumbs(last: 1) { at category message }
  exceptions { type value handled mechanism stackTrace { hasSystemFrames frames { function filename line isInApp context { line code } } } }
  stackTraceText`

describe('an issue page', () => {
  test('with its event, four tags and what happened to it costs six calls', async () => {
    const { data, errors, requests } = await askIssue(
      `title status trend { total } event { ${eventFields} } tags(keys: ["browser", "environment", "release", "level"]) { key totalValues topValues { value count } }
      activity { id type at actor { ... on Principal { name } } } participants { ... on Principal { name } }`,
    )
    expect(errors).toEqual([])
    expect(requests).toHaveLength(6)
    const { event, tags, trend, activity } = data.node
    expect(trend.total).toBeGreaterThanOrEqual(0)
    expect(activity.length).toBeGreaterThan(0)
    expect(event.eventId).toMatch(/^[0-9a-f]{32}$/)
    expect(event.breadcrumbs).toHaveLength(1)
    expect(event.request.headers).toContainEqual({ name: 'Accept', value: 'application/json' })
    expect(event.exceptions[0].stackTrace.frames.length).toBeGreaterThan(0)
    expect(event.stackTraceText).toContain(event.exceptions.at(-1).type)
    expect(tags.map(({ key }: { key: string }) => key)).toEqual(['browser', 'environment', 'release', 'level'])
    expect(tags[0].topValues[0]).toMatchObject({ value: expect.any(String), count: expect.any(Number) })
  })

  test('without its activity asks no more than the list does', async () => {
    const { requests } = await askIssue('title status')
    expect(requests.map(({ path }) => path)).toEqual([expect.stringMatching(/\/issues\/$/)])
  })

  test('stays when its event is gone', async () => {
    graph.sandbox.fault({ path: /\/events\/oldest\/$/ }, { status: 404, body: { detail: 'No matching event found.' } })
    const { data, errors } = await askIssue('id event(pick: OLDEST) { eventId }')
    expect(data.node).toEqual({ id, event: null })
    expect(errors).toMatchObject([{ path: ['node', 'event'], extensions: { code: 'NOT_FOUND' } }])
  })

  test('shows a tag that no event has as none', async () => {
    const { data, errors } = await askIssue('tags(keys: ["nowhere", "level", "level"]) { key }')
    expect(errors).toEqual([])
    expect(data.node.tags).toEqual([{ key: 'level' }])
  })
})

describe('what only the answer about one issue tells', () => {
  const detailPath = /\/issues\/\d+\/$/
  let detail: WireBody

  beforeAll(async () => {
    detail = await wire(`organizations/lumen-freight/issues/${sentryId}/?expand=integrationIssues`)
  })

  test('is what happened to it, the latest first, and who did it', async () => {
    const { data } = await askIssue(
      'activity(first: 3) { id type at data actor { __typename ... on Principal { sentryId name } } }',
    )
    const expected = detail.activity.slice(0, 3).map((item: WireBody) => ({
      id: expect.any(String),
      type: item.type,
      at: new Date(item.dateCreated).toISOString(),
      data: item.data,
      actor: item.user && { __typename: 'User', sentryId: item.user.id, name: item.user.name },
    }))
    expect(data.node.activity).toEqual(expected)
    expect(new Set(data.node.activity.map((item: WireBody) => item.id)).size).toBe(expected.length)
  })

  test('is the releases in which it was seen first and last', async () => {
    const { data, requests } = await askIssue(
      'firstRelease { version dateCreated authors { email } } lastRelease { version newIssueCount }',
    )
    const { firstRelease, lastRelease } = detail
    expect(data.node).toEqual({
      firstRelease: {
        version: firstRelease.version,
        dateCreated: new Date(firstRelease.dateCreated).toISOString(),
        authors: firstRelease.authors.map(({ email }: WireBody) => ({ email })),
      },
      lastRelease: { version: lastRelease.version, newIssueCount: lastRelease.newGroups },
    })
    expect(requests).toHaveLength(1)
  })

  test('comes in one call for all of it, with the parts that are selected', async () => {
    const { errors, requests } = await mira.ask(
      'query ($id: ID!) { nodes(ids: [$id]) { ... on Issue { title externalLinks { label } participants { ... on Principal { name } } activity { type } } } }',
      { id },
    )
    expect(errors).toEqual([])
    expect(requests.map(({ path, query }) => `${path}?${query}`)).toEqual([
      expect.stringMatching(/issues\/\d+\/\?.*collapse=release&collapse=tags&collapse=stats&expand=integrationIssues/),
    ])
  })

  test('beneath a list costs one call per issue, whatever is asked of it', async () => {
    const { errors, requests } = await mira.ask(
      '{ organization(slug: "lumen-freight") { issues(first: 2) { nodes { activity { type } participants { ... on Principal { name } } } } } }',
    )
    expect(errors).toEqual([])
    expect(requests.filter(({ path }) => detailPath.test(path))).toHaveLength(2)
  })

  test('may lack names, ids and whoever did it, and hold what nobody knows', async () => {
    const body = {
      id: Number(sentryId),
      activity: [
        null,
        { id: 0, type: 'first_seen', user: null, data: null, dateCreated: '2026-01-01T00:00:00Z' },
        { id: null, type: 'hologram', user: { id: 7, name: null }, dateCreated: 'yesterday' },
        'odd',
      ],
      firstRelease: { version: 'shop@1' },
      lastRelease: { version: null },
      participants: [{ type: 'team', id: 5, name: 'core' }, { id: 8, name: null }, { type: 'robot' }],
      annotations: ['BUG-1', { displayName: 'BUG-2', url: 'javascript:alert(1)' }, { url: 'x' }],
      metadata: 'odd',
      integrationIssues: [{ key: 'BUG-3', url: 'https://tracker.example/3' }, {}, 'odd'],
    }
    graph.sandbox.fault({ path: detailPath }, { status: 200, body })
    const { data, errors } = await askIssue(
      'firstRelease { version } lastRelease { version } activity { type at data actor { ... on Principal { name } } } participants { __typename ... on Principal { sentryId name } } annotations { label url } metadata externalLinks { label url }',
    )
    expect(errors).toEqual([])
    expect(data.node).toEqual({
      firstRelease: { version: 'shop@1' },
      lastRelease: null,
      activity: [
        { type: 'first_seen', at: '2026-01-01T00:00:00.000Z', data: null, actor: null },
        { type: 'hologram', at: null, data: null, actor: { name: null } },
      ],
      participants: [
        { __typename: 'Team', sentryId: '5', name: 'core' },
        { __typename: 'User', sentryId: '8', name: null },
      ],
      annotations: [
        { label: 'BUG-1', url: null },
        { label: 'BUG-2', url: null },
      ],
      metadata: 'odd',
      externalLinks: [{ label: 'BUG-3', url: 'https://tracker.example/3' }],
    })
  })

  test('fails by itself: the issue stays', async () => {
    graph.sandbox.fault({ path: detailPath }, 'html')
    const { data, errors } = await mira.ask(
      '{ organization(slug: "lumen-freight") { issues(first: 1) { nodes { shortId activity { type } } } } }',
    )
    expect(data.organization.issues.nodes).toEqual([{ shortId: expect.any(String), activity: null }])
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_INVALID' } }])
  })
})

describe('tags', () => {
  test('without keys are the first five that Sentry names: one call more', async () => {
    const detail = await wire(`organizations/lumen-freight/issues/${sentryId}/`)
    const { data, requests } = await askIssue('title tags { key }')
    const expected = detail.tags.slice(0, 5).map(({ key }: WireBody) => key)
    expect(data.node.tags.map(({ key }: WireBody) => key)).toEqual(expected)
    expect(requests).toHaveLength(1 + expected.length)
  })

  test('of each issue of a list are refused without a call for them', async () => {
    const { data, errors, requests } = await mira.ask(
      '{ organization(slug: "lumen-freight") { issues(first: 2) { edges { node { tags(keys: ["level"]) { key } } } } } }',
    )
    expect(data.organization.issues.edges).toEqual([{ node: { tags: null } }, { node: { tags: null } }])
    expect(errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
      { extensions: { code: 'BAD_USER_INPUT' } },
    ])
    expect(requests).toHaveLength(2)
  })
})

test('an assignee is called by its name, person or team', async () => {
  const { data, errors } = await mira.ask(
    '{ organization(slug: "lumen-freight") { issues { nodes { assignee { __typename ... on Principal { id name } } } } } }',
  )
  expect(errors).toEqual([])
  const assignees = data.organization.issues.nodes.flatMap(({ assignee }: WireBody) => assignee ?? [])
  expect(new Set(assignees.map(({ __typename }: WireBody) => __typename))).toEqual(new Set(['User', 'Team']))
})

test.each([
  ['six keys', 'tags(keys: ["a", "b", "c", "d", "e", "f"]) { key }'],
  ['a path for a key', 'tags(keys: ["../x"]) { key }'],
  ['no key', 'tags(keys: [""]) { key }'],
])('%s: refused before a tag is asked for', async (_, field) => {
  const { data, errors, requests } = await askIssue(field)
  expect(data.node.tags).toBeNull()
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
  expect(requests).toHaveLength(1)
})

test('no breadcrumbs asked for: refused at the field', async () => {
  const { errors } = await askIssue('event { breadcrumbs(last: 0) { message } }')
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
})

test('an event in a shape of its own gives what can be understood', async () => {
  const body = {
    eventID: 'a'.repeat(32),
    title: null,
    user: 'somebody',
    tags: [null, { key: null, value: 'x' }, { key: 'level', value: null }],
    release: null,
    contexts: null,
    entries: [
      null,
      { type: 'hologram', data: { depth: 3 } },
      {
        type: 'request',
        data: { method: 'GET', query: 'a=b', headers: [['A', 1], 'odd', ['B', null]], cookies: null },
      },
      {
        type: 'exception',
        data: {
          values: [
            null,
            { type: 'E', value: null, stacktrace: { frames: [null, { inApp: 'yes' }, { function: null, lineNo: 3 }] } },
          ],
        },
      },
    ],
  }
  graph.sandbox.fault({ path: /\/events\/recommended\/$/ }, { status: 200, body })
  const { data, errors } = await askIssue(
    'event { title user { id } tags { key value } request { query { name } headers { name value } cookies { name } } exceptions { type stackTrace { frames { function line isInApp } } } stackTraceText }',
  )
  expect(errors).toEqual([])
  expect(data.node.event).toEqual({
    title: 'a'.repeat(32),
    user: null,
    tags: [{ key: 'level', value: null }],
    request: {
      query: [{ name: 'a' }],
      headers: [
        { name: 'A', value: '1' },
        { name: 'B', value: null },
      ],
      cookies: [],
    },
    exceptions: [{ type: 'E', stackTrace: { frames: [{ function: null, line: 3, isInApp: false }] } }],
    stackTraceText: 'E\n  at (anonymous) ((unknown):3)',
  })
})
