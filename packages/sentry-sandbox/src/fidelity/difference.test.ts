import { expect, test } from 'vitest'
import { findDifferences } from './difference.ts'
import type { Schema } from './schema.ts'

const schema: Schema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['id', 'name'],
    properties: {
      id: { type: 'string' },
      name: { type: 'string', nullable: true },
      count: { type: 'integer' },
      status: { type: 'string', enum: ['active', 'gone'] },
      owner: {
        oneOf: [{ type: 'string' }, { type: 'object', required: ['id'], properties: { id: { type: 'string' } } }],
      },
      tags: { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } },
      both: {
        allOf: [
          { type: 'object', required: ['a'] },
          { type: 'object', required: ['b'] },
        ],
      },
    },
  },
}

const good = {
  id: '1',
  name: null,
  count: 2,
  status: 'active',
  owner: { id: '1' },
  tags: { a: ['x'] },
  both: { a: 1, b: 2 },
}

test('an answer that follows the schema has no differences, whatever it has beyond', () => {
  expect(findDifferences([good, { ...good, owner: 'me', extra: true }], schema)).toEqual([])
})

test.each([
  [{ name: undefined, id: '1' }, '[].name', 'type'],
  [{ id: '1' }, '[].name', 'missing'],
  [{ ...good, id: null }, '[].id', 'null'],
  [{ ...good, id: 1 }, '[].id', 'type'],
  [{ ...good, count: 1.5 }, '[].count', 'type'],
  [{ ...good, status: 'odd' }, '[].status', 'enum'],
  [{ ...good, owner: {} }, '[].owner.id', 'missing'],
  [{ ...good, owner: 3 }, '[].owner', 'type'],
  [{ ...good, tags: { a: [1] } }, '[].tags.*[]', 'type'],
  [{ ...good, tags: [] }, '[].tags', 'type'],
  [{ ...good, both: { a: 1 } }, '[].both.b', 'missing'],
])('%j differs at %s: %s', (item, at, problem) => {
  expect(findDifferences([item], schema)).toMatchObject([{ at, problem }])
})

test('the same difference in many items is one', () => {
  expect(findDifferences([{ id: '1' }, { id: '2' }], schema)).toHaveLength(1)
})
