import type { RecordedRequest } from '@sentry-graph/sentry-sandbox'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Asker, type Graph, startGraph } from '../test/graph.ts'

let graph: Graph
let mira: Asker

beforeAll(async () => {
  graph = await startGraph({ rateLimit: false })
  mira = graph.signIn('mira')
})

afterEach(() => graph.sandbox.clearFaults())
afterAll(() => graph.close())

const askIn = (fields: string, variables: Record<string, unknown> = {}, declared = '') =>
  mira.ask(`query${declared} { organization(slug: "lumen-freight") { ${fields} } }`, variables)

const isIssueList = ({ path }: RecordedRequest) => path.endsWith('/issues/')

function parametersOf({ requests }: Answer): URLSearchParams {
  return new URLSearchParams(requests.find(isIssueList)?.query)
}

function answerWith(issue: object): void {
  graph.sandbox.fault({ path: /lumen-freight\/issues\/$/ }, { status: 200, body: [issue] })
}

interface Listed {
  id: string
  shortId: string
  project: { id: string; slug: string }
}

async function listSome(): Promise<Listed[]> {
  const { data } = await askIn('issues(first: 3) { nodes { id shortId project { id slug } } }')
  return data.organization.issues.nodes as Listed[]
}

describe('what a list of issues costs', () => {
  test('25 with trend, assignee and project: one call', async () => {
    const { data, errors, requests } = await askIn(`issues(first: 25, filter: { status: [UNRESOLVED] }) {
      totalCount totalCountIsCapped
      nodes {
        id sentryId shortId title culprit permalink level status substatus priority type category isUnhandled
        eventCount userCount firstSeen lastSeen hasSeen commentCount
        project { id slug name platform }
        assignee { ... on User { id userName: name email } ... on Team { id name } }
        trend { start end intervalSeconds total points { at value } }
      }
    }`)
    expect(errors).toEqual([])
    // The other one is for the organization.
    expect(requests.map(isIssueList)).toEqual([false, true])
    const { nodes, totalCount } = data.organization.issues
    expect(nodes).toHaveLength(25)
    expect(totalCount).toBeGreaterThan(25)
    for (const node of nodes) {
      expect(node).toMatchObject({ status: 'UNRESOLVED', project: { slug: expect.any(String) } })
      expect(node).toMatchObject({ eventCount: expect.any(Number), trend: { intervalSeconds: 3600 } })
    }
    expect(nodes.some(({ assignee }: { assignee: object | null }) => assignee !== null)).toBe(true)
  })

  test('Sentry counts nothing that is not selected', async () => {
    const parameters = parametersOf(await askIn('issues(first: 1) { nodes { title } }'))
    expect(parameters.getAll('collapse')).toEqual(['filtered', 'stats', 'lifetime', 'unhandled'])
    expect(parameters.get('groupStatsPeriod')).toBe('')
  })

  test('a second period of trends: one more call for all of them', async () => {
    const { data, errors, requests } = await askIn(
      'issues(first: 5) { nodes { day: trend { total } fortnight: trend(period: LAST_14_DAYS) { intervalSeconds total } } }',
    )
    expect(errors).toEqual([])
    expect(requests.filter(isIssueList)).toHaveLength(2)
    for (const { day, fortnight } of data.organization.issues.nodes) {
      expect(fortnight.intervalSeconds).toBe(86_400)
      expect(fortnight.total).toBeGreaterThanOrEqual(day.total)
    }
  })

  test('what projects carry beyond their names: one call for all of them', async () => {
    const { data, errors, requests } = await askIn(
      'issues(first: 25) { nodes { project { slug isBookmarked teams { slug } } } }',
    )
    expect(errors).toEqual([])
    expect(data.organization.issues.nodes[0].project).toMatchObject({ isBookmarked: expect.any(Boolean) })
    expect(requests).toHaveLength(3)
  })

  test('what assignees carry beyond their names: one call for all people, one for all teams', async () => {
    const { data, errors, requests } = await askIn(
      'issues(first: 50, filter: { query: "is:assigned" }) { nodes { assignee { ... on User { username } ... on Team { slug memberCount permalink } } } }',
    )
    expect(errors).toEqual([])
    expect(data.organization.issues.nodes.length).toBeGreaterThan(5)
    expect(requests).toHaveLength(4)
  })
})

describe('which issues', () => {
  test('the typed filter is Sentry’s search syntax', async () => {
    const [{ project: { id: projectId } } = { project: { id: '' } }] = await listSome()
    const filter = {
      query: ' checkout ',
      status: ['UNRESOLVED', 'ARCHIVED'],
      level: ['ERROR'],
      priority: ['HIGH', 'LOW'],
      assignedToViewer: false,
      release: 'we"b@1.*',
      environments: ['production'],
      projectIds: [projectId],
    }
    const parameters = parametersOf(
      await askIn(
        'issues(filter: $filter, sort: EVENTS, first: 7) { nodes { id } }',
        { filter },
        '($filter: IssueFilter)',
      ),
    )
    expect(parameters.get('query')).toBe(
      String.raw`checkout status:[unresolved,ignored] level:error issue.priority:[high,low] !assigned:me release:"we\"b@1.\*"`,
    )
    expect(parameters.getAll('environment')).toEqual(['production'])
    expect(parameters.getAll('project')).toHaveLength(1)
    expect([parameters.get('sort'), parameters.get('limit')]).toEqual(['freq', '7'])
  })

  test('no filter means every status and every project, which Sentry has to be told', async () => {
    const parameters = parametersOf(await askIn('issues(first: 1) { nodes { id } }'))
    expect([parameters.get('query'), parameters.get('project')]).toEqual(['', '-1'])
  })

  test.each(['status', 'level', 'priority'])('%s selects what it says', async (field) => {
    const values = { status: ['RESOLVED', 'ARCHIVED'], level: ['FATAL', 'WARNING'], priority: ['HIGH'] }[field] ?? []
    const { data, errors } = await askIn(
      `issues(first: 40, filter: $filter) { nodes { ${field} } }`,
      { filter: { [field]: values } },
      '($filter: IssueFilter)',
    )
    expect(errors).toEqual([])
    const found: string[] = data.organization.issues.nodes.map((node: Record<string, string>) => node[field])
    expect(found.length).toBeGreaterThan(0)
    expect(values).toEqual(expect.arrayContaining([...new Set(found)]))
  })

  test('a project has its own', async () => {
    const [listed] = await listSome()
    const { data, errors } = await askIn(
      'project(slug: $slug) { issues(first: 20) { nodes { project { slug } } totalCount } }',
      { slug: listed?.project.slug },
      '($slug: String!)',
    )
    expect(errors).toEqual([])
    const slugs = data.organization.project.issues.nodes.map((node: Listed) => node.project.slug)
    expect(new Set(slugs)).toEqual(new Set([listed?.project.slug]))
  })

  test.each([
    ['a status that Sentry cannot search', { status: ['PENDING_DELETION'] }],
    ['a project id that is none', { projectIds: ['web'] }],
    ['an empty environment', { environments: [' '] }],
    ['too many projects', { projectIds: Array.from({ length: 51 }, () => 'x') }],
    ['an endless query', { query: 'x'.repeat(201) }],
  ])('%s is refused before any list is asked for', async (_, filter) => {
    const answer = await askIn('issues(filter: $filter) { nodes { id } }', { filter }, '($filter: IssueFilter)')
    expect(answer.data.organization.issues).toBeNull()
    expect(answer.errors.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT'])
    expect(answer.requests.filter(isIssueList)).toEqual([])
  })

  test('walking gives every issue once', async () => {
    const seen: string[] = []
    let total = 0
    let after: string | null = null
    do {
      const { data, errors }: Answer = await askIn(
        'issues(first: 40, after: $after, sort: FIRST_SEEN, filter: { status: [RESOLVED] }) { totalCount nodes { id } pageInfo { hasNextPage endCursor } }',
        { after },
        '($after: String)',
      )
      expect(errors).toEqual([])
      const { nodes, pageInfo, totalCount } = data.organization.issues
      seen.push(...nodes.map(({ id }: Listed) => id))
      total = totalCount
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null
    } while (after !== null)
    expect(seen).toHaveLength(total)
    expect(new Set(seen).size).toBe(seen.length)
  })
})

describe('one issue', () => {
  test('by its short id is the one of the list; a made-up one is not found', async () => {
    const [listed] = await listSome()
    const fields = 'issue(shortId: $shortId) { id shortId trend { total } project { id slug } organization { slug } }'
    const found = await askIn(fields, { shortId: listed?.shortId }, '($shortId: String!)')
    expect(found.errors).toEqual([])
    expect(found.data.organization.issue).toMatchObject({ ...listed, organization: { slug: 'lumen-freight' } })
    expect(found.requests).toHaveLength(2)
    const missing = await askIn(fields, { shortId: 'NOWHERE-1' }, '($shortId: String!)')
    expect(missing.data.organization.issue).toBeNull()
    expect(missing.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
  })

  test('several by their ids: one call', async () => {
    const listed = await listSome()
    const answer = await mira.ask(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Issue { shortId project { id slug } } } }',
      { ids: listed.map(({ id }) => id) },
    )
    expect(answer.errors).toEqual([])
    expect(answer.data.nodes).toEqual(listed)
    expect(answer.requests).toHaveLength(1)
  })
})

describe('Sentry’s answers', () => {
  test('of old servers: an owner’s bare name, numbers for ids, nulls and members nobody knows', async () => {
    answerWith({
      id: 7,
      title: null,
      shortId: null,
      level: 'purple',
      status: 'lost',
      priority: null,
      assignedTo: 'mira',
    })
    const { data, errors } = await askIn(
      'issues { totalCount nodes { sentryId title level status priority eventCount trend { total } assignee { __typename } project { slug } } }',
    )
    expect(errors).toEqual([])
    expect(data.organization.issues.nodes).toEqual([
      {
        sentryId: '7',
        title: '7',
        level: 'UNKNOWN',
        status: 'UNKNOWN',
        priority: null,
        eventCount: null,
        trend: null,
        assignee: null,
        project: null,
      },
    ])
  })

  test('may stop counting: the total is capped', async () => {
    const headers = { 'X-Hits': '1000', 'X-Max-Hits': '1000' }
    graph.sandbox.fault({ path: /lumen-freight\/issues\/$/ }, { status: 200, body: [{ id: '7' }], headers })
    const { data } = await askIn('issues { totalCount totalCountIsCapped }')
    expect(data.organization.issues).toEqual({ totalCount: 1000, totalCountIsCapped: true })
  })
})
