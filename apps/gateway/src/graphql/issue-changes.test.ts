import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

const scopes = 'org:read project:read team:read member:read event:read event:write'

/** Looks that are due; a test says when. */
const due = new Set<() => void>()
const feedTiming = {
  now: () => new Date(),
  interval: () => 0,
  pauseAfter: () => 0,
  after(_: number, callback: () => void) {
    due.add(callback)
    return () => due.delete(callback)
  },
}

let gateway: TestGateway
let browser: Browser
let url: string

beforeAll(async () => {
  gateway = await startGateway({ SENTRY_OAUTH_SCOPES: scopes }, () => ({ feedTiming }))
  browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
  url = `${await gateway.app.listen({ host: '127.0.0.1', port: 0 })}/graphql`
})

afterEach(() => gateway.sandbox.clearFaults())
afterAll(() => gateway.close())

const query = `subscription {
  issueChanges(organizationSlug: "lumen-freight", filter: { status: [UNRESOLVED] }) {
    changes { kind issueId } failure { code }
  }
}`

interface Subscription {
  /** What the next event holds. */
  next(): Promise<{ data: { issueChanges: { changes: object[]; failure: object | null } | null }; errors?: object[] }>
  hasEnded(): Promise<boolean>
  leave(): void
}

/** An EventSource as far as a test needs one, by POST. */
async function subscribe(leaving = new AbortController()): Promise<Subscription> {
  const response = await fetch(url, {
    method: 'POST',
    signal: leaving.signal,
    headers: {
      ...browser.cookieHeader(),
      accept: 'text/event-stream',
      'content-type': 'application/json',
      'graphql-require-preflight': '1',
    },
    body: JSON.stringify({ query }),
  })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  expect(response.headers.get('cache-control')).toBe('no-store')
  const events = readEvents(response.body ?? new ReadableStream())
  return {
    async next() {
      const { value } = await events.next()
      return JSON.parse(value?.data ?? 'null')
    },
    async hasEnded() {
      const { value } = await events.next()
      return value?.event === 'complete'
    },
    leave: () => leaving.abort(),
  }
}

/** Server-sent events, without the comments that keep the connection alive. */
async function* readEvents(body: ReadableStream<Uint8Array>) {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of body) {
    const blocks = (text + decoder.decode(chunk, { stream: true })).split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = Object.fromEntries(
        block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
      )
      if (fields['event'] !== undefined) yield { event: fields['event'], data: fields['data'] ?? '' }
    }
  }
}

const looks = () => gateway.sandbox.requests.filter(({ path }) => path.endsWith('/lumen-freight/issues/')).length

async function untilLookIsDue(): Promise<void> {
  await vi.waitFor(() => expect(due.size).toBe(1), { timeout: 10_000 })
}

async function look(): Promise<void> {
  await untilLookIsDue()
  const [next] = due
  due.clear()
  next?.()
}

async function resolveAnIssue(): Promise<string> {
  const list =
    '{ organization(slug: "lumen-freight") { issues(first: 1, filter: { status: [UNRESOLVED] }) { nodes { id } } } }'
  const { id } = (await browser.graphql(list)).json().data.organization.issues.nodes[0]
  await browser.graphql(`mutation { resolveIssues(input: { issueIds: ["${id}"] }) { results { outcome } } }`)
  return id
}

test('two subscribers share one look, which goes on until both have left', async () => {
  gateway.sandbox.clearRequests()
  const [one, other] = [await subscribe(), await subscribe()]
  await untilLookIsDue()
  expect(looks()).toBe(1)
  const issueId = await resolveAnIssue()
  gateway.sandbox.clearRequests()
  await look()
  const told = { data: { issueChanges: { changes: [{ kind: 'GONE', issueId }], failure: null } } }
  expect([await one.next(), await other.next()]).toEqual([told, told])
  expect(looks()).toBe(1)
  one.leave()
  await look()
  await untilLookIsDue()
  expect(looks()).toBe(2)
  other.leave()
  await vi.waitFor(() => expect(due.size).toBe(0), { timeout: 10_000 })
  expect(looks()).toBe(2)
})

test('an open subscription is no use of its session, however often it looks', async () => {
  const { user } = (await browser.get('/api/auth/me')).json()
  const lastUse = async () => (await gateway.dependencies.store.listSessions(user.id))[0]?.session.lastUsedAt.getTime()
  const subscription = await subscribe()
  await untilLookIsDue()
  gateway.sandbox.clearRequests()
  const before = await lastUse()
  gateway.clock.advance(120)
  await look()
  await untilLookIsDue()
  expect([looks(), await lastUse()]).toEqual([1, before])
  await browser.graphql('{ viewer { user { name } } }')
  expect(await lastUse()).toBe(gateway.clock.now.getTime())
  subscription.leave()
  await vi.waitFor(() => expect(due.size).toBe(0), { timeout: 10_000 })
})

test('who leaves before the first look has come back is looked for no more', async () => {
  gateway.sandbox.clearRequests()
  gateway.sandbox.fault({ path: /\/issues\/$/, times: 1 }, { delayMs: 500 })
  const leaving = new AbortController()
  const asked = subscribe(leaving)
  await vi.waitFor(() => expect(looks()).toBe(1), { timeout: 10_000 })
  leaving.abort()
  await expect(asked).rejects.toThrow(/aborted/)
  const others = await subscribe()
  await untilLookIsDue()
  others.leave()
  await vi.waitFor(() => expect(due.size).toBe(0), { timeout: 10_000 })
})

test('a look that fails is an event, with nothing that is not for the caller', async () => {
  const events = await subscribe()
  gateway.sandbox.fault({ path: /\/issues\/$/ }, { status: 503 })
  await look()
  expect(await events.next()).toEqual({
    data: { issueChanges: { changes: [], failure: { code: 'UPSTREAM_UNAVAILABLE' } } },
  })
  events.leave()
  await vi.waitFor(() => expect(due.size).toBe(0), { timeout: 10_000 })
})

test('GET begins no subscription', async () => {
  const headers = { accept: 'text/event-stream', 'graphql-require-preflight': '1' }
  const answer = await browser.get(`/graphql?${new URLSearchParams({ query })}`, headers)
  expect(answer.statusCode).toBe(405)
})

test('who signs out is told that the session has ended, and that was the last', async () => {
  const events = await subscribe()
  await browser.post('/api/auth/logout', { origin: 'http://localhost:3001' })
  await look()
  expect(await events.next()).toMatchObject({
    data: { issueChanges: null },
    errors: [{ path: ['issueChanges'], extensions: { code: 'UNAUTHENTICATED', correlationId: expect.any(String) } }],
  })
  expect(await events.hasEnded()).toBe(true)
  expect(due.size).toBe(0)
})

test('the gateway closes while somebody is subscribed', async () => {
  await browser.signIn(person(gateway.sandbox, 'mira').id)
  const events = await subscribe()
  const closed = gateway.app.close()
  expect(await events.hasEnded()).toBe(true)
  await closed
})
