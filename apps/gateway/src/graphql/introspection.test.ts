import { afterEach, describe, expect, test } from 'vitest'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

let gateway: TestGateway

afterEach(() => gateway.close())

const questions = [
  '{ __schema { types { name } } }',
  '{ __type(name: "Viewer") { name } }',
  '{ innocent: __schema { queryType { name } } }',
  '{ ...F } fragment F on Query { __schema { queryType { name } } }',
  '{ ... on Query { ... { __schema { queryType { name } } } } }',
]

const typo = '{ viewerr { user { name } } }'

async function browsers(introspection: string) {
  gateway = await startGateway({ INTROSPECTION: introspection })
  const [signedIn, signedOut] = [gateway.openBrowser(), gateway.openBrowser()]
  await signedIn.signIn(person(gateway.sandbox, 'mira').id)
  return { signedIn, signedOut }
}

test('open means everybody', async () => {
  const { signedIn, signedOut } = await browsers('open')
  for (const browser of [signedIn, signedOut])
    for (const question of questions) expect((await browser.graphql(question)).json().errors).toBeUndefined()
  expect((await signedOut.graphql(typo)).body).toContain('Did you mean')
})

describe('signed-in means', () => {
  test('not the others, however they ask, nor by guessing', async () => {
    const { signedOut } = await browsers('signed-in')
    for (const question of questions) {
      const answer = (await signedOut.graphql(question)).json()
      expect(answer.errors[0].extensions.code).toBe('BAD_USER_INPUT')
      expect(answer.data).toBeUndefined()
    }
    expect((await signedOut.graphql(typo)).body).not.toContain('Did you mean')
    expect((await signedOut.graphql('{ __typename }')).json().data).toEqual({ __typename: 'Query' })
  })

  test('the signed-in, also after the same question was refused to another', async () => {
    const { signedIn, signedOut } = await browsers('signed-in')
    for (const question of [...questions, ...questions]) {
      expect((await signedOut.graphql(question)).json().errors).toHaveLength(1)
      expect((await signedIn.graphql(question)).json().errors).toBeUndefined()
    }
    expect((await signedIn.graphql(typo)).body).toContain('Did you mean')
    expect((await signedOut.graphql(typo)).body).not.toContain('Did you mean')
  })
})

test('off means nobody', async () => {
  const { signedIn } = await browsers('off')
  for (const question of questions) expect((await signedIn.graphql(question)).json().errors).toHaveLength(1)
})
