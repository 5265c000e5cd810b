// @vitest-environment node
import { buildSchema, concatAST, parse, validate } from 'graphql'
import { expect, it } from 'vitest'
import sdl from '../../../schema.graphql?raw'

const files = import.meta.glob<string>(['./**/*.graphql', '!./graphiql/examples/**'], {
  eager: true,
  import: 'default',
  query: '?raw',
})

it('asks only what the schema offers', () => {
  const documents = Object.values(files).map((text) => parse(text))
  expect(documents.length).toBeGreaterThan(0)
  expect(validate(buildSchema(sdl), concatAST(documents))).toEqual([])
})
