import { type GraphQLSchema, isAbstractType, validateSchema } from 'graphql'
import { describe, expect, test } from 'vitest'
import { createSchema, schema } from './schema.ts'

/** Of the fields of the query, and of all that is reached through an interface. */
function namesIn(graph: GraphQLSchema): string[] {
  const interfaces = ['Node', 'Connection', 'UniformResourceLocatable'].map((name) => graph.getType(name))
  const types = interfaces.flatMap((type) => (isAbstractType(type) ? graph.getPossibleTypes(type) : []))
  return [...Object.keys(graph.getQueryType()?.getFields() ?? {}), ...types.map(({ name }) => name)].sort()
}

describe('a graph without writes', () => {
  const reading = createSchema({ issueWrites: false })

  test('has no mutation of issues, and nothing that belongs to them alone', () => {
    const mutations = Object.keys(reading.getMutationType()?.getFields() ?? {})
    expect(mutations.filter((name) => name.includes('Issue'))).toEqual([])
    for (const name of ['MissingScopeError', 'IssueUpdateError', 'UpdateIssuesPayload', 'ResolveIssuesInput']) {
      expect([name, schema.getType(name) === undefined]).toEqual([name, false])
      expect([name, reading.getType(name) === undefined]).toEqual([name, true])
    }
  })

  test('has everything else', () => {
    expect(namesIn(reading)).toEqual(namesIn(schema))
    expect(namesIn(reading)).toContain('Member')
    expect(validateSchema(reading)).toEqual([])
  })

  test('is one and the same as the whole where writes are asked for', () => {
    expect(createSchema({ issueWrites: true })).toBe(schema)
  })
})
