import { describe, expect, test } from 'vitest'
import type { SignInOptions } from '../test/graph.ts'
import {
  change,
  graph,
  mira,
  readsAndWrites,
  someIssue,
  startForAll,
  wire,
  writesOf,
} from './issue-mutations.fixture.ts'

startForAll()

const unknown = { outcome: 'UNKNOWN', issue: null, error: { __typename: 'UpstreamFailureError' } }

const signIn = (options: SignInOptions) => graph().signIn('mira', { scopes: readsAndWrites, ...options })

describe('a write', () => {
  test.each(['reset', 'lost'] as const)('is sent once when the connection fails (%s)', async (fault) => {
    const issue = await someIssue()
    graph().sandbox.fault({ method: 'PUT' }, fault)
    const answer = await change('resolveIssues', [issue])
    expect(answer.data.resolveIssues.results).toMatchObject([unknown])
    expect(writesOf(answer)).toHaveLength(1)
    // What was lost on the way back has been done.
    expect((await wire(issue)).status).toBe(fault === 'lost' ? 'resolved' : 'unresolved')
    graph().sandbox.clearFaults()
    await change('unresolveIssues', [issue])
  })

  test('is sent once when its time ends without an answer', async () => {
    const issue = await someIssue()
    graph().sandbox.clearRequests()
    graph().sandbox.fault({ method: 'PUT' }, 'silence')
    const time = new AbortController()
    const changing = change('resolveIssues', [issue], {}, signIn({ signal: time.signal }))
    await expect.poll(() => writesOf(graph().sandbox)).toHaveLength(1)
    time.abort()
    const answer = await changing
    expect(answer.data.resolveIssues.results).toMatchObject([unknown])
    expect(writesOf(answer)).toHaveLength(1)
    expect((await wire(issue)).status).toBe('unresolved')
  })

  test('that was not sent, because its host is taken for dead, is told to be refused', async () => {
    const issue = await someIssue()
    let now = 0
    const asker = signIn({ now: () => now })
    graph().sandbox.fault({ method: 'PUT' }, { status: 503 })
    const resolve = () => change('resolveIssues', [issue], {}, asker)
    let answer = await resolve()
    // It takes a while until an outage is taken for one.
    for (; writesOf(answer).length > 0; answer = await resolve()) {
      expect(answer.data.resolveIssues.results).toMatchObject([unknown])
      now += 400
    }
    expect(answer.data.resolveIssues.results).toMatchObject([
      { outcome: 'REFUSED', issue: null, error: { __typename: 'UpstreamFailureError', code: 'UPSTREAM_UNAVAILABLE' } },
    ])
    expect(answer.requests).toEqual([])
    expect((await wire(issue)).status).toBe('unresolved')
  })

  test('whose effect cannot be read is not told to have worked', async () => {
    const issue = await someIssue()
    graph().sandbox.fault({ method: 'GET' }, { status: 400, body: {} })
    const { data } = await change('resolveIssues', [issue])
    graph().sandbox.clearFaults()
    expect(data.resolveIssues.results).toMatchObject([{ outcome: 'UNKNOWN', issue: null }])
    await change('unresolveIssues', [issue])
  })

  test('that is submitted twice is done twice, and ends the same', async () => {
    const issue = await someIssue()
    const answers = await Promise.all([change('resolveIssues', [issue]), change('resolveIssues', [issue])])
    for (const { data } of answers) expect(data.resolveIssues.results).toMatchObject([{ outcome: 'CHANGED' }])
    expect(await wire(issue)).toMatchObject({ status: 'resolved' })
    await change('unresolveIssues', [issue])
  })

  test('is followed by a fresh answer where the same operation has read before', async () => {
    const issue = await someIssue()
    const { data, requests } = await mira().ask(
      `mutation ($ids: [ID!]!) {
        first: bookmarkIssues(input: { issueIds: $ids, isBookmarked: true }) { results { issue { isBookmarked } } }
        second: bookmarkIssues(input: { issueIds: $ids, isBookmarked: false }) { results { issue { isBookmarked } } }
      }`,
      { ids: [issue.id] },
    )
    expect(data).toEqual({
      first: { results: [{ issue: { isBookmarked: true } }] },
      second: { results: [{ issue: { isBookmarked: false } }] },
    })
    expect(requests.map(({ method }) => method)).toEqual(['PUT', 'GET', 'PUT', 'GET'])
  })
})
