import {
  getNamedType,
  type GraphQLEnumType,
  isEnumType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  validateSchema,
} from 'graphql'
import { describe, expect, test } from 'vitest'
import { schemaHash } from './schema-hash.ts'
import { schema } from './schema.ts'

interface Described {
  name: string
  description: string | null | undefined
}

const types = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
)
const composites = types.filter((type) => isObjectType(type) || isInterfaceType(type))
const fields = composites.flatMap((type) =>
  Object.values(type.getFields()).map((field) => ({
    name: `${type.name}.${field.name}`,
    description: field.description,
    type: field.type,
    args: field.args,
  })),
)
const fieldArguments: Described[] = fields.flatMap((field) =>
  field.args.map(({ name, description }) => ({ name: `${field.name}(${name}:)`, description })),
)
const enumValues: Described[] = types
  .filter((type): type is GraphQLEnumType => isEnumType(type))
  .flatMap((type) => type.getValues().map(({ name, description }) => ({ name: `${type.name}.${name}`, description })))

const namesOf = (described: Described[]) => described.map(({ name }) => name)

test('the schema is valid GraphQL', () => {
  expect(validateSchema(schema)).toEqual([])
})

describe('documentation', () => {
  test('every type, field, argument and enum value is described in a sentence', () => {
    const all: Described[] = [...types, ...fields, ...fieldArguments, ...enumValues]
    expect(all.length).toBeGreaterThan(150)
    expect(namesOf(all.filter(({ description }) => !/^[A-Z].{8,}[.)]$/s.test(description ?? '')))).toEqual([])
  })

  test('every field names the Sentry endpoint and the scope behind it, or says that there is none', () => {
    const namesSource = /`GET [a-z/{}]+[^`]*`.*\(scope `[a-z]+:read`|[Nn]o Sentry call/s
    expect(namesOf(fields.filter(({ description }) => !namesSource.test(description ?? '')))).toEqual([])
  })
})

describe('conventions', () => {
  test('what costs a call of its own is nullable, so that its failure stays its own', () => {
    const costly = fields.filter(({ description }) => /\bcosts a\b/i.test(description ?? ''))
    // A list of nullable items stays when an item fails.
    const isNullable = ({ type }: (typeof fields)[number]) => !isNonNullType(type) || /^\[\w+\]!$/.test(String(type))
    expect(namesOf(costly)).toEqual(
      expect.arrayContaining(['Organization.team', 'Project.organization', 'Region.name', 'Region.reachable']),
    )
    expect(namesOf(costly.filter((field) => !isNullable(field)))).toEqual([])
  })

  test('a list that grows says what it costs', () => {
    const connections = fields.filter(({ type }) => getNamedType(type).name.endsWith('Connection'))
    expect(connections.length).toBeGreaterThan(3)
    expect(namesOf(connections.filter(({ description }) => !/\bCosts a call/.test(description ?? '')))).toEqual([])
  })

  test('connections are walked forward only, 25 at a time unless asked otherwise', () => {
    const connections = fields.filter(({ type }) => getNamedType(type).name.endsWith('Connection'))
    for (const { args } of connections) {
      const names = args.map(({ name }) => name)
      expect(names).toEqual(expect.arrayContaining(['first', 'after']))
      expect(names).not.toContain('last')
      expect(args.find(({ name }) => name === 'first')?.defaultValue).toBe(25)
    }
  })
})

test('the hash of the schema is a SHA-256 and stays the same', () => {
  expect(schemaHash(schema)).toMatch(/^[0-9a-f]{64}$/)
  expect(schemaHash(schema)).toBe(schemaHash(schema))
})
