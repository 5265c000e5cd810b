import { buildSchema, isObjectType } from 'graphql'
import { expect, test } from 'vitest'
import { asksSentry } from '../call-plan.ts'
import { schema } from '../schema.ts'
import { printReference } from './reference.ts'

const shelf = buildSchema(`
  "Where every question starts."
  type Query {
    "Some | books. Costs a call: \`GET books/\` (scope \`org:read\`)."
    books(
      "How many."
      first: Int = 25
    ): [Book!] @deprecated(reason: "Removed after 2027-01-01. Use shelf.")
  }
  "A book."
  type Book {
    "Its kind. No Sentry call."
    kind: Kind!
  }
  "A kind of book."
  enum Kind {
    "Made up."
    NOVEL
  }
`)

test('a field stands there with its type, its calls, its scope and its arguments', () => {
  expect(printReference(shelf).get('queries.md')).toContain(
    String.raw`| \`books\` | [\`[Book!]\`](objects.md#book) | yes | \`org:read\` | **Deprecated**: Removed after 2027-01-01. Use shelf. Some \| books. Costs a call: \`GET books/\` (scope \`org:read\`).<br>• \`first = 25\`: \`Int\`. How many. |`.replaceAll(
      '\\`',
      '`',
    ),
  )
})

test('a call plan says how many calls there are and where they go', () => {
  const planned = buildSchema('type Query { "Books. Costs a call." books: Int }')
  const query = planned.getType('Query')
  if (!isObjectType(query)) throw new Error('The schema has no Query')
  const plan = asksSentry({ endpoint: 'GET books/{book}/', serves: 'siblings', batchSize: 10, onlyForReferences: true })
  Object.assign(query.getFields()['books']?.extensions ?? {}, plan)
  expect(printReference(planned).get('queries.md')).toContain(
    '| 1 per 10 of an organization, only where its parent is a mere reference: `GET books/{book}/` |',
  )
})

test('every type is on one page, and every link leads to one', () => {
  const pages = printReference(schema)
  const headings = [...pages].flatMap(([file, text]) =>
    [...text.matchAll(/^## (\w+)$/gm)].map(([, name]) => `${file}#${name?.toLowerCase()}`),
  )
  const links = [...pages.values()].flatMap((text) =>
    [...text.matchAll(/\]\((\w+\.md#\w+)\)/g)].map(([, link]) => link),
  )
  expect(new Set(headings).size).toBe(headings.length)
  expect(links.length).toBeGreaterThan(200)
  expect(links.filter((link) => !headings.includes(link ?? ''))).toEqual([])
})
