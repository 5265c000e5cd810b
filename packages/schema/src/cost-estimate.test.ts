import { getNamedType, type GraphQLField, isObjectType, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Asker, type Graph, startGraph } from '../test/graph.ts'
import { MOST_NODES, refuseCostly } from './admission.ts'
import { readPlan } from './call-plan.ts'
import { ASSUMED_ORGANIZATIONS, createCostEstimator } from './cost-estimator.ts'
import { encodeGlobalId } from './global-id.ts'
import { createOrganizationCount } from './organization-count.ts'
import { schema } from './schema.ts'

const estimateCost = createCostEstimator(schema)

function estimate(source: string, variables: Record<string, unknown> = {}, knownOrganizations: number | null = null) {
  const found = estimateCost({ document: parse(source), operationName: null, variables, knownOrganizations })
  if (!found) throw new Error('The operation cannot run.')
  return found
}

const callsOf = (source: string, variables: Record<string, unknown> = {}, organizations: number | null = null) =>
  estimate(source, variables, organizations).upstreamCalls

const ofIssues = (first: number, fields: string) =>
  `{ organization(slug: "a") { issues(first: ${first}) { nodes { project { ${fields} } } } } }`
const ofTrends = (fields: string) => `{ organization(slug: "a") { issues { nodes { ${fields} } } } }`
const idOf = (kind: 'Project' | 'Team' | 'Member' | 'Organization', organizationId: string | null, own: string) =>
  encodeGlobalId({ kind, organizationId, id: own })

const claims = ({ description }: GraphQLField<unknown, unknown>) => /\bcosts (a|one)\b/i.test(description ?? '')
const isFree = (field: GraphQLField<unknown, unknown>) => {
  const { asksSentry = [], givesReference } = readPlan(field)
  // What a reference or an organization lacks is asked for by the fields beneath.
  return asksSentry.length === 0 && givesReference !== true && getNamedType(field.type).name !== 'Organization'
}

describe('what fields declare', () => {
  const fields = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    .flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields()).map((field) => ({ field, name: `${type.name}.${field.name}` }))
        : [],
    )

  test('every field whose description says that it costs a call has a plan', () => {
    const claiming = fields.filter(({ field }) => claims(field))
    expect(claiming.length).toBeGreaterThan(20)
    expect(claiming.filter(({ field }) => isFree(field)).map(({ name }) => name)).toEqual([])
  })

  test('every field with a plan says so, unless only references or nodes found by id lack it', () => {
    const always = fields.filter(({ field }) =>
      (readPlan(field).asksSentry ?? []).some(
        ({ onlyForReferences, onlyForUnknownOrganizations }) => !onlyForReferences && !onlyForUnknownOrganizations,
      ),
    )
    expect(always.length).toBeGreaterThan(15)
    expect(always.filter(({ field }) => !claims(field)).map(({ name }) => name)).toEqual([])
  })

  test('every template has the shape of an endpoint', () => {
    const endpoints = fields.flatMap(({ field }) => (readPlan(field).asksSentry ?? []).map(({ endpoint }) => endpoint))
    expect(endpoints.filter((endpoint) => !/^(GET|PUT|POST|DELETE) [a-zA-Z0-9_/{}-]+\/$/.test(endpoint))).toEqual([])
  })
})

describe('how often a call is expected', () => {
  test('the gateway’s own knowledge is free', () => {
    expect(callsOf('{ viewer { id session { id } } gateway { version } rateLimit { upstreamCalls } }')).toBe(0)
  })

  test('a list under a list costs one call per parent, as many as `first` allows', () => {
    const document =
      'query ($first: Int = 7) { organization(slug: "a") { projects(first: $first) { nodes { issues { nodes { id } } } } } }'
    expect(callsOf(document)).toBe(1 + 1 + 7)
    expect(callsOf(document, { first: 3 })).toBe(1 + 1 + 3)
    expect(callsOf('{ organization(slug: "a") { projects { nodes { issues { nodes { id } } } } } }')).toBe(1 + 1 + 25)
    expect(estimate(document, { first: 3 }).nodes).toBe(3 + 3 * 25)
  })

  test('`edges` and `nodes` are the same items', () => {
    const nodes = '{ organization(slug: "a") { projects { nodes { issues { nodes { id } } } } } }'
    const both =
      '{ organization(slug: "a") { projects { nodes { issues { nodes { id } } } edges { node { issues { nodes { id } } } } } } }'
    expect(callsOf(both)).toBe(callsOf(nodes))
  })

  test('fragments, aliases, @skip and @include are seen through', () => {
    const document = `query ($on: Boolean!) {
      organization(slug: "a") { ...More @include(if: $on) ... @skip(if: $on) { teams { nodes { id } } } }
    }
    fragment More on Organization { projects { nodes { id } } ... on Node { id } ... on Organization { all: members { nodes { id } } } }`
    expect(estimate(document, { on: true }).calls.map(({ endpoint }) => endpoint)).toEqual([
      'GET organizations/{org}/',
      'GET organizations/{org}/projects/',
      'GET organizations/{org}/members/',
    ])
    expect(callsOf(document, { on: false })).toBe(2)
  })

  test('the same field with the same arguments on one parent is asked once, a default spelt out or not', () => {
    const twice = 'a: projects { nodes { id } } b: projects(first: 25) { nodes { name } }'
    expect(callsOf(`{ one: organization(slug: "a") { ${twice} } two: organization(slug: "a") { ${twice} } }`)).toBe(2)
    expect(
      callsOf('{ organization(slug: "a") { a: projects { nodes { id } } b: projects(first: 3) { nodes { id } } } }'),
    ).toBe(3)
  })

  test('what an issue only names costs one call per organization and hundred', () => {
    expect(callsOf(ofIssues(100, 'id slug name platform organization { slug }'))).toBe(2)
    expect(callsOf(ofIssues(100, 'dateCreated environments teams { id slug name }'))).toBe(3)
    // Ten teams per project, the usual assumption.
    expect(callsOf(ofIssues(100, 'teams { memberCount isViewerMember }'))).toBe(3 + 10)
    expect(
      callsOf('{ viewer { organizations { nodes { issues(first: 2) { nodes { project { dateCreated } } } } } } }'),
    ).toBe(1 + 5 + 5)
  })

  test('of several series of an issue its page brings the first one along', () => {
    expect(callsOf(ofTrends('a: trend { total } b: trend(period: LAST_24_HOURS) { total }'))).toBe(2)
    expect(callsOf(ofTrends('a: trend { total } b: trend(period: LAST_14_DAYS) { total }'))).toBe(3)
  })

  test('one call per distinct tag key of an issue', () => {
    const document =
      'query ($keys: [String!]!) { organization(slug: "a") { issue(shortId: "A-1") { a: tags(keys: $keys) { key } b: tags(keys: ["os"]) { key } } } }'
    expect(callsOf(document, { keys: ['os', 'browser', 'os'] })).toBe(2 + 2)
  })

  test('nodes by their ids: one call per kind and organization, members one by one', () => {
    const ids = [
      ...['1', '2', '3'].map((own) => idOf('Project', '7', own)),
      idOf('Project', '8', '9'),
      idOf('Team', '7', '1'),
      idOf('Member', '7', '1'),
      idOf('Member', '7', '2'),
      idOf('Organization', null, '7'),
      'not an id',
    ]
    const document = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }'
    expect(callsOf(document, { ids })).toBe(2 + 1 + 2 + 1)
    expect(callsOf(document, { ids: [...ids, ...ids] })).toBe(6)
    const named =
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Project { permalink organization { name } } ... on Organization { name } } }'
    expect(callsOf(named, { ids })).toBe(6 + 1)
  })
})

describe('organizations, whose number nobody knows beforehand', () => {
  const document =
    'query ($first: Int) { viewer { organizations(first: $first) { nodes { projects { nodes { id } } teams { nodes { id } } } } } }'

  test('an ordinary person’s whole tree is admitted before anything is known of them', () => {
    const cold = estimate(document)
    expect(cold.upstreamCalls).toBe(1 + 2 * ASSUMED_ORGANIZATIONS)
    expect(refuseCostly(cold, 30)).toBeNull()
  })

  test('many organizations live in few regions, so that a home page is admitted for whoever has 25', () => {
    const home =
      '{ viewer { organizations { nodes { name region { name reachable } projects { nodes { name } } } } regions { name reachable } } }'
    expect(callsOf(home, {}, 25)).toBe(1 + 1 + 3 + 25)
    expect(refuseCostly(estimate(home, {}, 40), 30)).toBeNull()
  })

  test('as many as were last seen, and never more than `first`', () => {
    expect(callsOf(document, {}, 3)).toBe(1 + 2 * 3)
    expect(callsOf(document, { first: 2 }, 40)).toBe(1 + 2 * 2)
    expect(refuseCostly(estimate(document, {}, 40), 30)).toMatchObject({ code: 'BUDGET_EXCEEDED' })
  })
})

describe('what is remembered', () => {
  test('an estimate, for the variables that it depends on', () => {
    const document = parse(
      'query ($slug: String!, $after: String, $first: Int) { organization(slug: $slug) { projects(first: $first, after: $after) { nodes { id } } } }',
    )
    const ask = (variables: Record<string, unknown>) =>
      estimateCost({ document, operationName: null, variables, knownOrganizations: null })
    const first = ask({ slug: 'a', first: 10 })
    expect(ask({ slug: 'a', first: 10 })).toBe(first)
    expect(ask({ slug: 'b', first: 11 })).not.toBe(first)
  })

  test('nothing of variables that nobody could write out', () => {
    const document = parse('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }')
    let ids: unknown = 'x'
    for (let depth = 0; depth < 100_000; depth++) ids = [ids]
    expect(() => JSON.stringify(ids)).toThrow(RangeError)
    expect(estimateCost({ document, operationName: null, variables: { ids }, knownOrganizations: null })).toBeNull()
  })

  test('not what a default costs for a null in its place', () => {
    const document = parse(
      'query ($first: Int = 1) { viewer { organizations(first: $first) { nodes { projects { nodes { id } } } } } }',
    )
    const ask = (variables: Record<string, unknown>) =>
      estimateCost({ document, operationName: null, variables, knownOrganizations: 20 })?.upstreamCalls
    expect([ask({}), ask({ first: null })]).toEqual([2, 21])
  })

  test('nothing of one schema’s documents in another operation of the same document', () => {
    const document = parse('query A { viewer { organizations { nodes { id } } } } query B { viewer { id } }')
    const ask = (operationName: string) =>
      estimateCost({ document, operationName, variables: {}, knownOrganizations: null })?.upstreamCalls
    expect([ask('A'), ask('B'), ask('C')]).toEqual([1, 0, undefined])
  })
})

describe('against Sentry', () => {
  let graph: Graph
  let mira: Asker

  beforeAll(async () => {
    graph = await startGraph()
    const organizationCount = createOrganizationCount()
    organizationCount.see(3)
    mira = graph.signIn('mira', { organizationCount })
  })

  afterAll(() => graph.close())

  test.each([
    '{ viewer { id } }',
    '{ viewer { organizations { nodes { id name } } } }',
    '{ viewer { organizations { nodes { viewerAccess projects { nodes { id environments teams { slug } } } teams { nodes { memberCount } } } } } }',
    '{ organization(slug: "lumen-freight") { name viewerAccess region { name } members { nodes { user { username } } } } }',
    '{ organization(slug: "lumen-freight") { issues(first: 25) { nodes { title trend { total } assignee { ... on User { name } ... on Team { team: name } } project { slug } } } } }',
    '{ organization(slug: "lumen-freight") { issues(first: 25) { nodes { project { dateCreated } } } } }',
    '{ organization(slug: "lumen-freight") { projects(first: 3) { nodes { issues(first: 1) { nodes { id } } } } } }',
    '{ a: organization(slug: "lumen-freight") { projects { nodes { id } } } b: organization(slug: "lumen-freight") { projects { nodes { name } } } }',
  ])('what was estimated is what is asked: %s', async (document) => {
    const { errors, cost, requests } = await mira.ask(document)
    expect(errors).toEqual([])
    expect(requests).toHaveLength(cost.upstreamCalls)
    expect(cost.estimated).toBe(cost.upstreamCalls)
  })

  test('beyond the budget it is refused with the estimate, before the first call', async () => {
    const { data, errors, requests } = await mira.ask(
      '{ organization(slug: "lumen-freight") { projects(first: 40) { nodes { issues { nodes { id } } } } } }',
    )
    expect(data).toBeUndefined()
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('organization.projects.nodes.issues: 40'),
        extensions: { code: 'BUDGET_EXCEEDED', estimate: { upstreamCalls: 42, budget: 30, nodes: 40 + 40 * 25 } },
      },
    ])
    expect(requests).toEqual([])
  })

  test('an answer with too many nodes is refused, before the first call', async () => {
    const pages = Array.from(
      { length: 25 },
      (_, index) => `p${index}: projects(first: 100, query: "${index}") { nodes { id } }`,
    )
    const { errors, requests } = await mira.ask(
      `{ viewer { organizations(first: 1) { nodes { ${pages.slice(0, 25).join(' ')} } } } }`,
    )
    expect(errors).toEqual([])
    expect(requests.length).toBeGreaterThan(20)
    const many = await graph
      .signIn('mira', { budget: 1000 })
      .ask(
        '{ organization(slug: "lumen-freight") { projects(first: 100) { nodes { issues(first: 100) { nodes { id } } } } } }',
      )
    expect(many.errors).toMatchObject([{ extensions: { code: 'BUDGET_EXCEEDED', estimate: { nodes: 10_100 } } }])
    expect(MOST_NODES).toBeLessThan(10_100)
    expect(many.requests).toEqual([])
  })
})
