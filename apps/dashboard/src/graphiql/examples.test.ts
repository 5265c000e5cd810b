// @vitest-environment node
import { buildSchema, parse, validate } from 'graphql'
import { expect, it } from 'vitest'
import sdl from '../../../../schema.graphql?raw'
import { examples } from './example.ts'

const contract = buildSchema(sdl)

it.each(examples)('“$title” is valid against the schema', ({ query }) => {
  expect(validate(contract, parse(query))).toEqual([])
})

it.each(examples)('“$title” gets every variable it requires from the first organization', ({ query, variables }) => {
  const organization = { id: 'O1', slug: 'acme', name: 'Acme Retail' }
  const [operation] = parse(query).definitions
  if (operation?.kind !== 'OperationDefinition') throw new Error('An example is one operation')
  const required = (operation.variableDefinitions ?? [])
    .filter((definition) => definition.type.kind === 'NonNullType')
    .map((definition) => definition.variable.name.value)
  expect(Object.keys(variables?.(organization) ?? {})).toEqual(expect.arrayContaining(required))
})

it('lists every file of the examples folder', () => {
  expect(examples).toHaveLength(Object.keys(import.meta.glob('./examples/*.graphql')).length)
})
