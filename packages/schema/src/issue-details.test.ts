import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Asker, type Graph, startGraph } from '../test/graph.ts'

let graph: Graph
let mira: Asker
let id: string

beforeAll(async () => {
  graph = await startGraph({ rateLimit: false })
  mira = graph.signIn('mira')
  const { data } = await mira.ask(
    '{ organization(slug: "lumen-freight") { issues(first: 1, filter: { query: "platform:javascript" }) { nodes { id } } } }',
  )
  id = data.organization.issues.nodes[0].id
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
  test('with its event and four tags costs six calls', async () => {
    const { data, errors, requests } = await askIssue(
      `title status trend { total } event { ${eventFields} } tags(keys: ["browser", "environment", "release", "level"]) { key totalValues topValues { value count } }`,
    )
    expect(errors).toEqual([])
    expect(requests).toHaveLength(6)
    const { event, tags } = data.node
    expect(event.eventId).toMatch(/^[0-9a-f]{32}$/)
    expect(event.breadcrumbs).toHaveLength(1)
    expect(event.request.headers).toContainEqual({ name: 'Accept', value: 'application/json' })
    expect(event.exceptions[0].stackTrace.frames.length).toBeGreaterThan(0)
    expect(event.stackTraceText).toContain(event.exceptions.at(-1).type)
    expect(tags.map(({ key }: { key: string }) => key)).toEqual(['browser', 'environment', 'release', 'level'])
    expect(tags[0].topValues[0]).toMatchObject({ value: expect.any(String), count: expect.any(Number) })
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
    title: null,
    user: null,
    tags: [{ key: 'level', value: null }],
    request: {
      query: [],
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
