import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Graph, startGraph, type Subscriber } from '../../test/graph.ts'
import { createManualTiming, type ManualTiming } from '../../test/manual-timing.ts'
import { AuthenticationEndedError } from '../graph-error.ts'
import { createIssueFeeds, type IssueFeeds } from './issue-feeds.ts'

const scopes = ['org:read', 'project:read', 'team:read', 'member:read', 'event:read', 'event:write']

let graph: Graph
let timing: ManualTiming
let feeds: IssueFeeds
let mira: Subscriber

beforeAll(async () => {
  graph = await startGraph({ rateLimit: false })
})
beforeEach(() => {
  timing = createManualTiming()
  feeds = createIssueFeeds(timing)
  mira = graph.signIn('mira', { scopes, feeds })
})
afterEach(() => {
  feeds.close()
  graph.sandbox.clearFaults()
})
afterAll(() => graph.close())

const changes = (filter = 'status: [UNRESOLVED]', organization = 'lumen-freight') => `subscription {
  issueChanges(organizationSlug: "${organization}", filter: { ${filter} }) {
    at
    changes { kind issueId issue { id status project { slug teams { slug } } } }
    failure { code retryAfterSeconds nextLookAt }
  }
}`

const isList = ({ path }: { path: string }) => path.endsWith('/lumen-freight/issues/')

/** How often Sentry was asked for the list while something was done. */
async function looksDuring(work: () => Promise<unknown>): Promise<number> {
  const before = graph.sandbox.requests.length
  await work()
  return graph.sandbox.requests.slice(before).filter(isList).length
}

async function findIssue(): Promise<string> {
  const { data } = await mira.ask(
    '{ organization(slug: "lumen-freight") { issues(first: 1, filter: { status: [UNRESOLVED] }) { nodes { id } } } }',
  )
  return data.organization.issues.nodes[0].id
}

const change = (name: 'resolveIssues' | 'unresolveIssues', id: string) =>
  mira.ask(`mutation { ${name}(input: { issueIds: ["${id}"] }) { results { outcome } } }`)

test('tells what leaves a filter, and what comes back under it', async () => {
  const id = await findIssue()
  const events = await mira.subscribe(changes())
  await change('resolveIssues', id)
  await timing.look()
  const gone = await events.next()
  expect(gone.value.errors).toEqual([])
  expect(gone.value.data.issueChanges).toEqual({
    at: timing.now().toISOString(),
    changes: [{ kind: 'GONE', issueId: id, issue: null }],
    failure: null,
  })
  await change('unresolveIssues', id)
  await timing.look()
  const back = await events.next()
  expect(back.value.data.issueChanges.changes).toEqual([
    { kind: 'APPEARED', issueId: id, issue: expect.objectContaining({ id, status: 'UNRESOLVED' }) },
  ])
  expect(back.value.data.issueChanges.changes[0].issue.project.teams.length).toBeGreaterThan(0)
  await events.return?.()
})

test('tells new events', async () => {
  const events = await mira.subscribe(changes())
  graph.sandbox.worldClock.advance(600_000)
  await timing.look()
  const { value } = await events.next()
  graph.sandbox.worldClock.reset()
  const kinds = new Set(value.data.issueChanges.changes.map(({ kind }: { kind: string }) => kind))
  expect(kinds).toContain('UPDATED')
  await events.return?.()
})

test('asks once for all who ask the same, and not after the last has gone', async () => {
  const id = await findIssue()
  let both: AsyncIterator<unknown>[] = []
  const begin = async () => {
    both = [await mira.subscribe(changes()), await mira.subscribe(changes())]
  }
  expect(await looksDuring(begin)).toBe(1)
  await change('resolveIssues', id)
  expect(await looksDuring(() => timing.look())).toBe(1)
  for (const events of both) expect(await events.next()).toMatchObject({ done: false })
  await both[0]?.return?.()
  expect(await looksDuring(() => timing.look())).toBe(1)
  await both[1]?.return?.()
  expect(timing.waiting).toBe(0)
  await change('unresolveIssues', id)
})

test('asks apart for other filters and for other people', async () => {
  const noor = graph.signIn('noor', { feeds })
  const begin = async () => {
    await mira.subscribe(changes())
    await mira.subscribe(changes('level: [ERROR]'))
    await noor.subscribe(changes('status: [UNRESOLVED]', 'lumen-freight'))
  }
  expect(await looksDuring(begin)).toBe(3)
  expect(timing.waiting).toBe(3)
})

test('goes on when nothing has changed, and tells nothing', async () => {
  const events = await mira.subscribe(changes())
  const waited = events.next()
  for (let look = 0; look < 3; look++) await timing.look()
  expect(timing.pause).toBe(10_000)
  await events.return?.()
  expect(await waited).toEqual({ done: true, value: undefined })
})

test('tells once that Sentry cannot be asked, asks less often, and tells when it can again', async () => {
  const events = await mira.subscribe(changes())
  graph.sandbox.fault({ path: /\/issues\/$/ }, { status: 503 })
  await timing.look()
  const failed = await events.next()
  expect(failed.value).toMatchObject({
    errors: [],
    data: { issueChanges: { changes: [], failure: { code: 'UPSTREAM_UNAVAILABLE', retryAfterSeconds: null } } },
  })
  expect(failed.value.data.issueChanges.failure.nextLookAt).toBe(new Date(+timing.now() + 20_000).toISOString())
  await timing.look()
  expect(timing.pause).toBe(40_000)
  graph.sandbox.clearFaults()
  await timing.look()
  const recovered = await events.next()
  expect(recovered.value.data.issueChanges).toMatchObject({ failure: null, at: timing.now().toISOString() })
  expect(timing.pause).toBe(10_000)
  await events.return?.()
})

test('waits as long as Sentry wants', async () => {
  const events = await mira.subscribe(changes())
  graph.sandbox.fault({ path: /\/issues\/$/ }, { status: 429, headers: { 'retry-after': '120' } })
  await timing.look()
  const { value } = await events.next()
  expect(value.data.issueChanges.failure).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 120 })
  expect(timing.pause).toBe(120_000)
  await events.return?.()
})

test('ends for whose session has ended, and for nobody else', async () => {
  let hasEnded = false
  const checkSession = () => {
    if (hasEnded) throw new AuthenticationEndedError('session_ended')
  }
  const ending = await graph.signIn('mira', { feeds, checkSession }).subscribe(changes())
  const staying = await mira.subscribe(changes())
  hasEnded = true
  expect(await looksDuring(() => timing.look())).toBe(1)
  const { value } = await ending.next()
  expect(value).toMatchObject({
    data: { issueChanges: null },
    errors: [{ path: ['issueChanges'], extensions: { code: 'UNAUTHENTICATED', reason: 'session_ended' } }],
  })
  expect(await ending.next()).toEqual({ done: true, value: undefined })
  const waited = staying.next()
  await timing.look()
  await staying.return?.()
  expect(await waited).toMatchObject({ done: true })
})

test('ends for all when Sentry refuses their sign-in', async () => {
  const events = await mira.subscribe(changes())
  graph.sandbox.fault({ path: /\/issues\/$/ }, { refusal: 'invalid-token' })
  timing.startLook()
  const { value } = await events.next()
  expect(value.errors).toHaveLength(1)
  expect(await events.next()).toEqual({ done: true, value: undefined })
  expect(timing.waiting).toBe(0)
})

test.each([
  ['an organization of others', changes('status: [UNRESOLVED]', 'nobody'), 'NOT_FOUND'],
  ['a search that Sentry refuses', changes('query: "is:nonsense"'), 'BAD_USER_INPUT'],
  ['a status that cannot be searched', changes('status: [PENDING_MERGE]'), 'BAD_USER_INPUT'],
])('does not begin for %s', async (_, document, code) => {
  const events = await mira.subscribe(document)
  expect((await events.next()).value.errors).toMatchObject([{ extensions: { code } }])
  expect(await events.next()).toMatchObject({ done: true })
  expect(timing.waiting).toBe(0)
})

test('does not begin for an organization that the session is not narrowed to, nor join who may', async () => {
  const [other] = (await graph.wire('mira', 'organizations/')).filter(
    ({ slug }: { slug: string }) => slug !== 'lumen-freight',
  )
  const session = { kind: 'client' as const, organizations: [other.id] }
  const allowed = await mira.subscribe(changes())
  const begin = async () => {
    const events = await graph.signIn('mira', { feeds, session }).subscribe(changes())
    expect((await events.next()).value.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
  }
  expect(await looksDuring(begin)).toBe(0)
  await allowed.return?.()
})

test('a viewer has at most twenty at a time', async () => {
  const events = await Promise.all(Array.from({ length: 20 }, () => mira.subscribe(changes())))
  const refused = await mira.subscribe(changes())
  expect((await refused.next()).value.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }])
  await events[0]?.return?.()
  const again = await mira.subscribe(changes())
  await again.return?.()
  expect(timing.waiting).toBe(1)
})

test('nor more in several sessions, however they are narrowed', async () => {
  const [own] = (await graph.wire('mira', 'organizations/')).filter(
    ({ slug }: { slug: string }) => slug === 'lumen-freight',
  )
  const narrowed = graph.signIn('mira', { feeds, session: { kind: 'client', organizations: [own.id] } })
  const askers = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? mira : narrowed))
  const events = await Promise.all(askers.map((asker) => asker.subscribe(changes())))
  for (const asker of [mira, narrowed]) {
    const refused = await asker.subscribe(changes())
    expect((await refused.next()).value.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }])
  }
  for (const each of events) await each.return?.()
  expect(timing.waiting).toBe(0)
})

test('closing ends all of them', async () => {
  const events = await mira.subscribe(changes())
  const waited = events.next()
  feeds.close()
  expect(await waited).toEqual({ done: true, value: undefined })
  expect(timing.waiting).toBe(0)
})
