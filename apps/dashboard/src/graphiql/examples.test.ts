// @vitest-environment node
import { buildSchema, parse, validate } from 'graphql'
import { expect, it } from 'vitest'
import sdl from '../../../../schema.graphql?raw'
import { examples, whyUnavailable } from './example.ts'

const contract = buildSchema(sdl)

it.each(examples)('“$title” is valid against the schema', ({ query }) => {
  expect(validate(contract, parse(query))).toEqual([])
})

it.each(examples)('“$title” gets every variable it requires from the first organization', ({ query, variables }) => {
  const organization = { id: 'O1', slug: 'acme', name: 'Acme Retail', permalink: 'https://acme.sentry.io/issues/' }
  const [operation] = parse(query).definitions
  if (operation?.kind !== 'OperationDefinition') throw new Error('An example is one operation')
  const required = (operation.variableDefinitions ?? [])
    .filter((definition) => definition.type.kind === 'NonNullType')
    .map((definition) => definition.variable.name.value)
  expect(Object.keys(variables?.(organization) ?? {})).toEqual(expect.arrayContaining(required))
})

const person = {
  id: 'V1',
  user: { id: 'U1', name: 'Sam', username: null, email: null, avatarUrl: null },
  session: { id: 'S1', scopes: [] },
}

function organizations(...nodes: { id: string; slug: string; name: string; permalink: string }[]) {
  return { nodes, totalCount: null, totalCountIsCapped: false, pageInfo: { hasNextPage: false } }
}

it.each([
  ['belongs to none', { ...person, organizations: organizations() }, 'Needs an organization; you belong to none.'],
  ['could not be told theirs', { ...person, organizations: null }, 'Needs an organization; yours could not be read.'],
  ['is not signed in', null, 'Needs an organization; sign in first.'],
  ['is not known yet', undefined, 'Needs an organization; yours are not known yet.'],
])('offers whoever %s only examples that need no organization', (_who, viewer, reason) => {
  expect(examples.map((example) => whyUnavailable(example, viewer))).toEqual(
    examples.map(({ variables }) => (variables ? reason : null)),
  )
})

it('offers every example to whoever belongs to an organization', () => {
  const viewer = {
    ...person,
    organizations: organizations({
      id: 'O1',
      slug: 'acme',
      name: 'Acme Retail',
      permalink: 'https://acme.sentry.io/issues/',
    }),
  }
  expect(examples.map((example) => whyUnavailable(example, viewer))).toEqual(examples.map(() => null))
})

it('lists every file of the examples folder', () => {
  expect(examples).toHaveLength(Object.keys(import.meta.glob('./examples/*.graphql')).length)
})
