import { buildSchema, parse } from 'graphql'
import { expect, test } from 'vitest'
import { plugin } from './urql-hooks.ts'

const schema = buildSchema(`
  type Query { viewer: String, issue(id: ID!): String }
  type Mutation { resolve: Boolean }
  type Subscription { changes: String }
`)

async function hooksFor(document: string): Promise<string> {
  const output = await plugin(schema, [{ document: parse(document) }], {})
  return typeof output === 'string' ? output : output.content
}

test('a query without variables gets a hook that needs no arguments', async () => {
  expect(await hooksFor('query viewer { viewer }')).toBe(
    "export const useViewerQuery = (options: Partial<Omit<Urql.UseQueryArgs<ViewerQueryVariables, ViewerQuery>, 'query'>> = {}) => Urql.useQuery<ViewerQuery, ViewerQueryVariables>({ query: ViewerDocument, ...options } as Urql.UseQueryArgs<ViewerQueryVariables, ViewerQuery>);",
  )
})

test('a query with a required variable gets a hook that asks for it', async () => {
  const hooks = await hooksFor('query Issue($id: ID!) { issue(id: $id) }')
  expect(hooks).toContain(
    "useIssueQuery = (options: Omit<Urql.UseQueryArgs<IssueQueryVariables, IssueQuery>, 'query'>)",
  )
})

test('a required variable with a default need not be given', async () => {
  expect(await hooksFor('query Issue($id: ID! = "1") { issue(id: $id) }')).toContain('options: Partial<')
})

test('mutations and subscriptions get their own kind of hook', async () => {
  const hooks = await hooksFor('mutation Resolve { resolve } subscription Changes { changes }')
  expect(hooks).toContain('useResolveMutation = () => Urql.useMutation<ResolveMutation, ResolveMutationVariables>')
  expect(hooks).toContain(
    'Urql.useSubscription<ChangesSubscription, ChangesSubscription, ChangesSubscriptionVariables>',
  )
})

test('fragments and anonymous operations get no hook', async () => {
  expect(await hooksFor('{ viewer } fragment F on Query { viewer }')).toBe('')
})
