import { describe, expect, test } from 'vitest'
import {
  change,
  findIssues,
  type Found,
  graph,
  mira,
  someIssue,
  startForAll,
  wire,
  writesOf,
} from './issue-mutations.fixture.ts'

startForAll()

/** Issues that wait for review, as Sentry itself lists them. */
const waiting = async (): Promise<{ id: string; shortId: string }[]> =>
  await graph().wire('mira', 'organizations/lumen-freight/issues/?project=-1&query=is:for_review')

describe('a change', () => {
  test.each([
    ['resolveIssues', {}, { status: 'resolved', statusDetails: {} }, { status: 'RESOLVED' }],
    [
      'resolveIssues',
      { inNextRelease: true },
      { status: 'resolved', statusDetails: { inNextRelease: true } },
      { status: 'RESOLVED' },
    ],
    [
      'resolveIssues',
      { inRelease: 'latest' },
      { statusDetails: { inRelease: expect.stringMatching(/./) } },
      { status: 'RESOLVED' },
    ],
    ['unresolveIssues', {}, { status: 'unresolved', substatus: 'ongoing' }, { status: 'UNRESOLVED' }],
    [
      'archiveIssues',
      {},
      { status: 'ignored', substatus: 'archived_forever', statusDetails: {} },
      { status: 'ARCHIVED', substatus: 'ARCHIVED_FOREVER' },
    ],
    [
      'archiveIssues',
      { until: { escalating: true } },
      { substatus: 'archived_until_escalating', statusDetails: { ignoreUntilEscalating: true } },
      { substatus: 'ARCHIVED_UNTIL_ESCALATING' },
    ],
    [
      'archiveIssues',
      { until: { minutes: 60 } },
      { substatus: 'archived_until_condition_met', statusDetails: { ignoreUntil: '2026-11-24T11:00:00Z' } },
      { substatus: 'ARCHIVED_UNTIL_CONDITION_MET' },
    ],
    [
      'archiveIssues',
      { until: { events: { count: 9, withinMinutes: 30 } } },
      { statusDetails: { ignoreCount: 9, ignoreWindow: 30 } },
      { status: 'ARCHIVED' },
    ],
    [
      'archiveIssues',
      { until: { users: { count: 7 } } },
      { statusDetails: { ignoreUserCount: 7, ignoreUserWindow: null } },
      { status: 'ARCHIVED' },
    ],
    ['markIssuesReviewed', {}, {}, {}],
    ['bookmarkIssues', { isBookmarked: true }, { isBookmarked: true }, { isBookmarked: true }],
    ['subscribeToIssues', { isSubscribed: true }, { isSubscribed: true }, { isSubscribed: true }],
    ['subscribeToIssues', { isSubscribed: false }, { isSubscribed: false }, { isSubscribed: false }],
  ])('%s %j is at Sentry what it says, and is read again after it', async (name, input, atSentry, inGraph) => {
    const issue = await someIssue()
    const answer = await change(name, [issue], { ...input, clientMutationId: 'mine' })
    expect(answer.errors).toEqual([])
    expect(answer.data[name]).toMatchObject({
      clientMutationId: 'mine',
      results: [{ issueId: issue.id, outcome: 'CHANGED', error: null, issue: { id: issue.id, ...inGraph } }],
    })
    expect(answer.requests.map(({ method }) => method)).toEqual(['PUT', 'GET'])
    expect(await wire(issue)).toMatchObject(atSentry)
    await change('unresolveIssues', [issue])
  })

  test('takes an issue out of what waits for review', async () => {
    const [first] = await waiting()
    if (!first) throw new Error('No issue waits for review')
    const { data } = await mira().ask(
      `{ organization(slug: "lumen-freight") { issue(shortId: "${first.shortId}") { id sentryId organization { slug } } } }`,
    )
    const { issue }: { issue: Found } = data.organization
    expect(issue.sentryId).toBe(first.id)
    await change('markIssuesReviewed', [issue])
    expect((await waiting()).map(({ id }) => id)).not.toContain(first.id)
  })

  test('gives an issue to the viewer, to a team, and to nobody', async () => {
    const issue = await someIssue()
    const { data } = await mira().ask(`{
      viewer { user { id sentryId } }
      node(id: "${issue.id}") { ... on Issue { project { teams { id slug sentryId } } } }
    }`)
    const { user } = data.viewer
    const [team] = data.node.project.teams
    const assign = async (assigneeId: string | null) => (await change('assignIssues', [issue], { assigneeId })).data
    expect((await assign(user.id)).assignIssues.results).toMatchObject([
      { outcome: 'CHANGED', issue: { assignee: { sentryId: user.sentryId } } },
    ])
    expect((await wire(issue)).assignedTo).toMatchObject({ type: 'user', id: user.sentryId })
    expect((await assign(team.id)).assignIssues.results).toMatchObject([{ issue: { assignee: { name: team.slug } } }])
    expect((await wire(issue)).assignedTo).toMatchObject({ type: 'team', id: team.sentryId })
    expect((await assign(null)).assignIssues.results).toMatchObject([{ outcome: 'CHANGED', issue: { assignee: null } }])
    expect((await wire(issue)).assignedTo).toBeNull()
  })

  test('writes a comment', async () => {
    const issue = await someIssue()
    const before = await wire(issue)
    const answer = await mira().ask(
      `mutation ($input: CommentOnIssueInput!) {
        commentOnIssue(input: $input) { clientMutationId result { outcome issue { commentCount } error { __typename } } }
      }`,
      { input: { issueId: issue.id, text: 'Fixed in the next build', clientMutationId: 'c' } },
    )
    expect(answer.data.commentOnIssue).toEqual({
      clientMutationId: 'c',
      result: { outcome: 'CHANGED', issue: { commentCount: before.numComments + 1 }, error: null },
    })
    const notes = await graph().wire('mira', `organizations/${issue.organization.slug}/issues/${issue.sentryId}/notes/`)
    expect(notes).toContainEqual(expect.objectContaining({ data: { text: 'Fixed in the next build' } }))
    expect(writesOf(answer)).toHaveLength(1)
  })

  test('leaves the other issues as they are', async () => {
    const [issue, other] = (await findIssues())['lumen-freight'] ?? []
    if (!issue || !other) throw new Error('Two issues are needed')
    await change('resolveIssues', [issue])
    expect(await wire(other)).toMatchObject({ status: 'unresolved' })
    await change('unresolveIssues', [issue])
  })
})
