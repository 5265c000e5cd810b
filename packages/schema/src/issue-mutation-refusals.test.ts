import { describe, expect, test } from 'vitest'
import { change, graph, mira, someIssue, startForAll, wire, writesOf } from './issue-mutations.fixture.ts'

startForAll()

describe('what Sentry or the sign-in does not allow', () => {
  test('a session without the scope is told so, and Sentry is not asked', async () => {
    const issue = await someIssue()
    const reader = graph().signIn('mira')
    const answer = await change('resolveIssues', [issue], {}, reader)
    expect(answer.data.resolveIssues.results).toMatchObject([
      { outcome: 'REFUSED', error: { __typename: 'MissingScopeError', requiredScope: 'event:write' } },
    ])
    expect(answer.requests).toEqual([])
  })

  test('a scope that Sentry misses is told too', async () => {
    const issue = await someIssue()
    graph().sandbox.fault(
      { method: 'PUT' },
      {
        status: 403,
        body: { detail: 'You do not have permission to perform this action.' },
        headers: { 'www-authenticate': 'Bearer error="insufficient_scope", scope="event:admin event:write"' },
      },
    )
    const { data } = await change('resolveIssues', [issue])
    expect(data.resolveIssues.results).toMatchObject([
      { outcome: 'REFUSED', error: { __typename: 'MissingScopeError', requiredScope: 'event:write' } },
    ])
  })

  test('a change that Sentry does not take is told with its status', async () => {
    const issue = await someIssue()
    const { data } = await change('resolveIssues', [issue], { inRelease: 'none@1' })
    expect(data.resolveIssues.results).toMatchObject([
      { outcome: 'REFUSED', issue: null, error: { __typename: 'UpstreamRejectedError', status: 400 } },
    ])
    expect(await wire(issue)).toMatchObject({ status: 'unresolved' })
  })

  test('who is asked too often is told when to try again', async () => {
    const issue = await someIssue()
    graph().sandbox.fault({ method: 'PUT' }, { rateLimited: 30 })
    const answer = await change('resolveIssues', [issue])
    expect(answer.data.resolveIssues.results).toMatchObject([
      { outcome: 'REFUSED', error: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) } },
    ])
    expect(writesOf(answer)).toHaveLength(1)
  })

  test.each([
    ['no ids', 'resolveIssues(input: { issueIds: [] })'],
    ['an id of something else', 'resolveIssues(input: { issueIds: ["MTpWaWV3ZXI6OjE"] })'],
    ['two releases', 'resolveIssues(input: { issueIds: [$id], inNextRelease: true, inRelease: "a" })'],
    ['an empty release', 'resolveIssues(input: { issueIds: [$id], inRelease: " " })'],
    ['no assignee', 'assignIssues(input: { issueIds: [$id] })'],
    ['an assignee of another kind', 'assignIssues(input: { issueIds: [$id], assigneeId: $id })'],
    ['a time of no length', 'archiveIssues(input: { issueIds: [$id], until: { minutes: 0 } })'],
    [
      'too long a window',
      'archiveIssues(input: { issueIds: [$id], until: { events: { count: 1, withinMinutes: 10081 } } })',
    ],
    ['not until escalating', 'archiveIssues(input: { issueIds: [$id], until: { escalating: false } })'],
  ])('%s is refused before any call', async (_, mutation) => {
    const { id } = await someIssue()
    const use = mutation.includes('$id') ? mutation : `${mutation} { clientMutationId } again: ${mutation}`
    const declared = mutation.includes('$id') ? '($id: ID!)' : ''
    const answer = await mira().ask(`mutation ${declared} { ${use} { clientMutationId } }`, { id })
    expect(answer.errors[0]?.extensions['code']).toBe('BAD_USER_INPUT')
    expect(answer.requests).toEqual([])
  })
})
