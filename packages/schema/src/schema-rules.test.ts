import { buildSchema, validateSchema } from 'graphql'
import { describe, expect, test } from 'vitest'
import { schemaRules } from '../test/schema-rules.ts'
import { schema } from './schema.ts'

/** Breaks every rule, most of them in several ways. */
const careless = buildSchema(`
  "Where every question starts."
  type Query {
    "Costs a call: \`GET issues/\` (scope \`event:read\`)."
    issues(first: Int): IssueConnection
    "Costs a call: \`GET issues/\` (scope \`event:read\`)."
    issue(ids: [ID!]): Issue!
    "All there are. Costs a call: \`GET teams/\` (scope \`team:read\`)."
    teams: [Issue!]
    "All there are. Known to the gateway; no Sentry call."
    old: Int @deprecated(reason: "Use something else.")
  }
  type IssueConnection { nodes: [Issue!]! }
  "A group of events."
  type Issue {
    "short"
    groupID: ID
    "How bad its events are. Known to the gateway; no Sentry call."
    num_seen: Grade
    "Whether somebody has seen it. Known to the gateway; no Sentry call."
    seen: Boolean
    "Seconds until it is asked for again. Known to the gateway; no Sentry call."
    pause: Int
  }
  "How bad something is."
  enum Grade { bad GOOD }
`)

describe('a careless schema', () => {
  test.each([
    [
      'every type, field, argument, input field and enum value is described in a sentence',
      [
        'IssueConnection',
        'IssueConnection.nodes',
        'Issue.groupID',
        'Query.issues(first:)',
        'Query.issue(ids:)',
        'Grade.bad',
        'Grade.GOOD',
      ],
    ],
    [
      'every field names the Sentry endpoint and the scope behind it, or says that there is none',
      ['IssueConnection.nodes', 'Issue.groupID'],
    ],
    ['what costs a call is nullable, so that its failure stays its own', ['Query.issue']],
    [
      'a list that grows is a connection, which says what it costs and is walked forward, 1 to 100 at a time',
      ['Query.issues'],
    ],
    [
      'any other list says how long it can get, unless the answer that carries its parent carries all of it',
      ['Query.teams'],
    ],
    ['a list that is given says how long it may be', ['Query.issue(ids:)']],
    ['an enum that Sentry fills has UNKNOWN for what it adds', ['Grade']],
    ['names are GraphQL’s, without leftovers of REST', ['Issue.num_seen', 'Issue.groupID', 'Grade.bad']],
    [
      'a Boolean that is answered reads as a statement, and what is counted in seconds says so',
      ['Issue.seen', 'Issue.pause'],
    ],
    ['a deprecation says when it ends and what to use', ['Query.old']],
  ])('breaks the rule that %s', (rule, broken) => {
    expect(schemaRules[rule]?.(careless).sort()).toEqual(broken.sort())
  })
})

test('the schema is valid GraphQL', () => {
  expect(validateSchema(schema)).toEqual([])
})

test.each(Object.entries(schemaRules))('in the graph, %s', (_, findBroken) => {
  expect(findBroken(schema)).toEqual([])
})
