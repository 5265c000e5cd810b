import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Asker, type Graph, startGraph, type WireBody } from '../test/graph.ts'

let graph: Graph
let mira: Asker

const wire = (path: string) => graph.wire('mira', path)

beforeAll(async () => {
  graph = await startGraph({ rateLimit: false })
  mira = graph.signIn('mira')
})

afterAll(() => graph.close())

const document = `query ($url: URI!) { resource(url: $url) { __typename permalink
  ... on Organization { slug } ... on Project { slug } ... on Team { slug } ... on Issue { sentryId shortId }
  ... on Event { eventId } ... on Release { version } ... on Replay { replayId } ... on Monitor { slug } } }`

const find = (url: string, asker = mira) => asker.ask(document, { url })
const page = (path: string) => `${graph.sandbox.url}/organizations/lumen-freight/${path}`

type Example = () => Promise<{ path: string; found: WireBody }>

const examples: Record<string, Example> = {
  organization: () =>
    Promise.resolve({ path: 'issues/', found: { __typename: 'Organization', slug: 'lumen-freight' } }),
  project: async () => {
    const [{ slug }] = await wire('organizations/lumen-freight/projects/?per_page=1')
    return { path: `projects/${slug}/`, found: { __typename: 'Project', slug } }
  },
  team: async () => {
    const [{ slug }] = await wire('organizations/lumen-freight/teams/?per_page=1')
    return { path: `teams/${slug}/`, found: { __typename: 'Team', slug } }
  },
  issue: async () => {
    const [{ id, shortId }] = await wire('organizations/lumen-freight/issues/?project=-1&limit=1')
    return { path: `issues/${id}/`, found: { __typename: 'Issue', sentryId: id, shortId } }
  },
  'issue by its short id': async () => {
    const [{ id, shortId }] = await wire('organizations/lumen-freight/issues/?project=-1&limit=1')
    return { path: `issues/${shortId}/`, found: { __typename: 'Issue', sentryId: id, shortId } }
  },
  event: async () => {
    const [{ id }] = await wire('organizations/lumen-freight/issues/?project=-1&limit=1')
    const [{ eventID }] = await wire(`organizations/lumen-freight/issues/${id}/events/?per_page=1`)
    return { path: `issues/${id}/events/${eventID}/`, found: { __typename: 'Event', eventId: eventID } }
  },
  release: async () => {
    const [{ version }] = await wire('organizations/lumen-freight/releases/?project=-1&per_page=1')
    return { path: `releases/${encodeURIComponent(version)}/`, found: { __typename: 'Release', version } }
  },
  replay: async () => {
    const { data } = await wire('organizations/lumen-freight/replays/?project=-1&per_page=1&field=id')
    return { path: `replays/${data[0].id}/`, found: { __typename: 'Replay', replayId: data[0].id } }
  },
  monitor: async () => {
    const [{ slug, project }] = await wire('organizations/lumen-freight/monitors/?project=-1&per_page=1')
    return { path: `crons/${project.slug}/${slug}/`, found: { __typename: 'Monitor', slug } }
  },
}

test.each(Object.entries(examples))('the page of one %s leads to it, in two calls at most', async (_, example) => {
  const { path, found } = await example()
  const { data, errors, requests } = await find(page(path))
  expect(errors).toEqual([])
  expect(data.resource).toMatchObject(found)
  expect(requests.length).toBeLessThanOrEqual(2)
})

test.each(['organization', 'project', 'issue', 'event', 'release', 'replay', 'monitor', 'team'])(
  'the permalink of the %s leads back to it',
  async (kind) => {
    const { path } = await examples[kind]!()
    const { data: first } = await find(page(path))
    const { data: again } = await find(first.resource.permalink)
    expect(again.resource).toEqual(first.resource)
  },
)

test.each(['https://example.com/organizations/acme/', 'https://acme.sentry.io/issues/1/'])(
  'another host is refused without any call: %s',
  async (url) => {
    const { data, errors, requests } = await find(url)
    expect(data.resource).toBeNull()
    expect(errors).toMatchObject([{ path: ['resource'], extensions: { code: 'BAD_USER_INPUT' } }])
    expect(requests).toEqual([])
  },
)

test('what is no URL is refused without any call', async () => {
  const { errors, requests } = await find('nonsense')
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
  expect(requests).toEqual([])
})

test('a page of an organization of others is not found, as one of none', async () => {
  for (const slug of ['halyard-games', 'nowhere']) {
    const { data, errors } = await find(`${graph.sandbox.url}/organizations/${slug}/issues/1/`)
    expect(data.resource).toBeNull()
    expect(errors).toMatchObject([{ path: ['resource'], extensions: { code: 'NOT_FOUND' } }])
  }
})
