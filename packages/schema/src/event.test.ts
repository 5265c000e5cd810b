import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Asker, type Graph, startGraph, type WireBody } from '../test/graph.ts'

let graph: Graph
let mira: Asker
let issue: { id: string; sentryId: string; shortId: string }

const wire = (path: string) => graph.wire('mira', path)

beforeAll(async () => {
  graph = await startGraph({ rateLimit: false })
  mira = graph.signIn('mira')
  const { data } = await mira.ask(
    '{ organization(slug: "lumen-freight") { issues(first: 1, sort: EVENTS, filter: { query: "platform:java issue.category:error" }) { nodes { id sentryId shortId } } } }',
  )
  issue = data.organization.issues.nodes[0]
})

afterEach(() => graph.sandbox.clearFaults())
afterAll(() => graph.close())

const askIssue = (fields: string, variables: object = {}, parameters = '') =>
  mira.ask(`query ($id: ID!${parameters}) { node(id: $id) { ... on Issue { ${fields} } } }`, {
    id: issue.id,
    ...variables,
  })

describe('the events of an issue', () => {
  test('are those that Sentry lists, page by page', async () => {
    const listed: WireBody[] = await wire(`organizations/lumen-freight/issues/${issue.sentryId}/events/?per_page=5`)
    const fields =
      'pageInfo { endCursor hasNextPage } nodes { eventId title occurredAt environment tags { key value } }'
    const first = await askIssue(`events(first: 2) { ${fields} }`)
    const second = await askIssue(
      `events(first: 3, after: $after) { ${fields} }`,
      { after: first.data.node.events.pageInfo.endCursor },
      ', $after: String',
    )
    const found = [first, second].flatMap(({ data }) => data.node.events.nodes)
    // The second page keeps the size of the first, and what it lacks comes from one more.
    expect(found.map(({ eventId }: WireBody) => eventId)).toEqual(listed.map(({ eventID }) => eventID))
    expect(found[0]).toEqual({
      eventId: listed[0].eventID,
      title: listed[0].title,
      occurredAt: new Date(listed[0].dateCreated).toISOString(),
      environment: listed[0].tags.find(({ key }: WireBody) => key === 'environment').value,
      tags: listed[0].tags.map(({ key, value }: WireBody) => ({ key, value })),
    })
  })

  test.each([
    ['id eventId title type permalink issue { shortId } project { slug } user { id }', false],
    ['id exceptions { type }', true],
    ['__typename raw', true],
  ])('{ %s } asks for them in full: %s', async (fields, isFull) => {
    const { errors, requests } = await askIssue(`events(first: 1) { edges { node { ${fields} } } }`)
    expect(errors).toEqual([])
    const list = requests.filter(({ path }) => path.endsWith('/events/'))
    expect(list.map(({ query }) => new URLSearchParams(query).get('full'))).toEqual([isFull ? 'true' : null])
    expect(requests.filter(({ path }) => !path.endsWith('/organizations/'))).toHaveLength(2)
  })

  test('can be searched, and be those of a span of time', async () => {
    const { errors, requests } = await askIssue(
      'events(query: "environment:production", range: { last: "24h" }) { nodes { environment } }',
    )
    expect(errors).toEqual([])
    const query = new URLSearchParams(requests.at(-1)?.query)
    expect([query.get('query'), query.get('statsPeriod')]).toEqual(['environment:production', '24h'])
  })

  test.each([
    ['no cursor', 'not-a-cursor'],
    ['empty', ''],
  ])('a cursor that is %s: refused before the events are asked for', async (_, after) => {
    const { errors, requests } = await askIssue('events(after: $after) { nodes { id } }', { after }, ', $after: String')
    expect(errors).toMatchObject([{ path: ['node', 'events'], extensions: { code: 'BAD_USER_INPUT' } }])
    expect(requests).toHaveLength(1)
  })

  test('the cursor of another search: refused', async () => {
    const { data } = await askIssue('events(first: 1, query: "environment:production") { pageInfo { endCursor } }')
    const { errors } = await askIssue(
      'events(first: 1, after: $after) { nodes { id } }',
      { after: data.node.events.pageInfo.endCursor },
      ', $after: String',
    )
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
  })
})

describe('an event', () => {
  let eventId: string
  let whole: WireBody

  beforeAll(async () => {
    const [{ eventID }] = await wire(`organizations/lumen-freight/issues/${issue.sentryId}/events/?per_page=1`)
    eventId = eventID
    whole = (await wire(`organizations/lumen-freight/eventids/${eventId}/`)).event
  })

  const askEvent = (fields: string, id = eventId) =>
    mira.ask(`query ($id: String!) { organization(slug: "lumen-freight") { event(eventId: $id) { ${fields} } } }`, {
      id,
    })

  test('comes by its id in one call, with everything that Sentry says of it', async () => {
    const { data, errors, requests } = await askEvent(
      'eventId title sizeBytes release { version } contexts extra raw threads { id name hasCrashed isCurrent stackTrace { frames { function variables } } } breadcrumbs { data } user { country } request { data } processingErrors { type data }',
    )
    expect(errors).toEqual([])
    expect(requests).toHaveLength(2)
    const entry = (type: string) => whole.entries.find((part: WireBody) => part.type === type)?.data
    expect(data.organization.event).toEqual({
      eventId,
      title: whole.title,
      sizeBytes: whole.size,
      release: whole.release && { version: whole.release.version },
      contexts: whole.contexts,
      extra: whole.context,
      raw: whole,
      threads: entry('threads').values.map((thread: WireBody) => ({
        id: String(thread.id),
        name: thread.name,
        hasCrashed: thread.crashed,
        isCurrent: thread.current,
        stackTrace: thread.stacktrace && {
          frames: thread.stacktrace.frames.map((frame: WireBody) => ({
            function: frame.function,
            variables: frame.vars,
          })),
        },
      })),
      breadcrumbs: (entry('breadcrumbs')?.values ?? []).map(({ data: of }: WireBody) => ({ data: of })),
      user: whole.user && { country: whole.user.geo?.country_code ?? null },
      request: entry('request') ? { data: entry('request').data } : null,
      processingErrors: whole.errors.map(({ type, data: of }: WireBody) => ({ type, data: of })),
    })
  })

  test('leads to its issue and its project, and comes again by its node id', async () => {
    const { data } = await askEvent('id permalink issue { shortId } project { sentryId slug }')
    const { event } = data.organization
    expect(event).toMatchObject({ issue: { shortId: issue.shortId }, project: { sentryId: whole.projectID } })
    expect(event.permalink).toMatch(new RegExp(`/issues/${issue.sentryId}/events/${eventId}/$`))
    const again = await mira.ask('query ($id: ID!) { node(id: $id) { ... on Event { id eventId permalink } } }', {
      id: event.id,
    })
    expect(again.data.node).toEqual({ id: event.id, eventId, permalink: event.permalink })
  })

  test('of the issue that led to it costs nothing more for its issue and its project', async () => {
    const { data, requests } = await askIssue('event { issue { shortId } project { slug name } }')
    expect(data.node.event.issue.shortId).toBe(issue.shortId)
    expect(requests).toHaveLength(2)
  })

  test('is found by an id with dashes', async () => {
    const dashed = eventId.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    expect((await askEvent('eventId', dashed)).data.organization.event).toEqual({ eventId })
  })

  test.each(['', 'latest', '../x', 'g'.repeat(32), 'a'.repeat(33)])('is not looked for by %j', async (id) => {
    const { errors, requests } = await askEvent('eventId', id)
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    expect(requests).toHaveLength(1)
  })

  test('that Sentry does not keep is not found', async () => {
    const { data, errors } = await askEvent('eventId', '0'.repeat(32))
    expect(data.organization.event).toBeNull()
    expect(errors).toMatchObject([{ path: ['organization', 'event'], extensions: { code: 'NOT_FOUND' } }])
  })

  test('may have numbers for ids, odd parts and none of the rest', async () => {
    const body = {
      groupId: null,
      event: {
        eventID: eventId,
        groupID: null,
        projectID: 12,
        contexts: ['odd'],
        errors: [null, { type: 'js_no_source', message: null }, { type: 3 }],
        entries: [
          { type: 'threads', data: { values: [null, { id: 7 }, 'odd'] } },
          { type: 'threads', data: null },
          { type: 'breadcrumbs', data: { values: [{ data: [1], timestamp: 'x' }] } },
        ],
      },
    }
    graph.sandbox.fault({ path: /\/eventids\// }, { status: 200, body })
    const { data, errors } = await askEvent(
      'eventId permalink issue { id } contexts extra threads { id name hasCrashed } breadcrumbs { at data } processingErrors { type message }',
    )
    expect(errors).toEqual([])
    expect(data.organization.event).toEqual({
      eventId,
      permalink: null,
      issue: null,
      contexts: ['odd'],
      extra: null,
      threads: [{ id: '7', name: null, hasCrashed: null }],
      breadcrumbs: [{ at: null, data: [1] }],
      processingErrors: [{ type: 'js_no_source', message: null }],
    })
  })
})
