import { expect, test } from 'vitest'
import { schemaHash } from './schema-hash.ts'
import { schema } from './schema.ts'

test('the hash of the schema is a SHA-256 and stays the same', () => {
  expect(schemaHash(schema)).toMatch(/^[0-9a-f]{64}$/)
  expect(schemaHash(schema)).toBe(schemaHash(schema))
})
