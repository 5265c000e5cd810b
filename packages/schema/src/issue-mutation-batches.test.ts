import { describe, expect, test } from 'vitest'
import { change, findIssues, graph, mira, startForAll, wire, writesOf } from './issue-mutations.fixture.ts'

startForAll()

describe('many issues at once', () => {
  test('cost one call and one to read them per organization, which asks only for what is selected', async () => {
    const issues = Object.values(await findIssues(3)).flat()
    const organizations = new Set(issues.map(({ organization }) => organization.slug))
    expect(organizations.size).toBe(3)
    const answer = await mira().ask(
      `mutation ($ids: [ID!]!) { resolveIssues(input: { issueIds: $ids }) { results { issue { id status } } } }`,
      { ids: [...issues, ...issues].map(({ id }) => id) },
    )
    expect(answer.data.resolveIssues.results).toEqual(issues.map(({ id }) => ({ issue: { id, status: 'RESOLVED' } })))
    expect(writesOf(answer)).toHaveLength(3)
    expect(answer.requests).toHaveLength(6)
    expect(answer.cost.estimated).toBe(6)
    const reads = answer.requests.filter(({ method }) => method === 'GET')
    for (const { query } of reads) expect(new URLSearchParams(query).getAll('collapse')).toContain('stats')
    for (const issue of issues) expect(await wire(issue)).toMatchObject({ status: 'resolved' })
    const numbers = await change('unresolveIssues', issues)
    expect(numbers.data.unresolveIssues.results).toHaveLength(issues.length)
  })

  test('one that leads nowhere is told, in its place', async () => {
    const [first, second] = (await findIssues())['lumen-freight'] ?? []
    if (!first || !second) throw new Error('Two issues are needed')
    const gone = { ...first, id: Buffer.from(atob(first.id).replace(/\d+$/, '6999999999')).toString('base64url') }
    const { data } = await change('resolveIssues', [first, gone, second])
    expect(data.resolveIssues.results).toMatchObject([
      { issueId: first.id, outcome: 'CHANGED' },
      { issueId: gone.id, outcome: 'REFUSED', issue: null, error: { __typename: 'NotFoundError' } },
      { issueId: second.id, outcome: 'CHANGED' },
    ])
    const alone = await change('resolveIssues', [gone])
    expect(alone.data.resolveIssues.results).toMatchObject([{ error: { __typename: 'NotFoundError' } }])
    await change('unresolveIssues', [first, second])
  })

  test('the issues of a region that is down are told, those of the other are changed', async () => {
    const issues = Object.values(await findIssues(2)).flat()
    graph().sandbox.takeDown('de')
    const { data, errors } = await change('resolveIssues', issues)
    graph().sandbox.bringUp('de')
    expect(errors).toEqual([])
    const byOutcome = Object.groupBy(data.resolveIssues.results, ({ outcome }: { outcome: string }) => outcome)
    expect(byOutcome['UNKNOWN']).toHaveLength(2)
    expect(byOutcome['CHANGED']).toHaveLength(issues.length - 2)
    expect(byOutcome['UNKNOWN']).toMatchObject([
      { issue: null, error: { __typename: 'UpstreamFailureError', code: 'UPSTREAM_UNAVAILABLE' } },
      { issue: null, error: { __typename: 'UpstreamFailureError', code: 'UPSTREAM_UNAVAILABLE' } },
    ])
    const statuses = await Promise.all(issues.map(async (issue) => (await wire(issue)).status as string))
    const told = data.resolveIssues.results.map(({ outcome }: { outcome: string }) =>
      outcome === 'CHANGED' ? 'resolved' : 'unresolved',
    )
    expect(statuses).toEqual(told)
    await change('unresolveIssues', issues)
  })
})
