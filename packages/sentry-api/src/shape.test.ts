import { expect, test } from 'vitest'
import { z } from 'zod'
import { count, date, flag, id, readValue, requiredText, text, texts } from './shape.ts'

const shape = z.object({ id, slug: requiredText, name: text, seen: date, active: flag, total: count, tags: texts })

const seen = (value: string) => readValue(shape, { id: 1, slug: 'a', seen: value }, 'x/').seen

test('takes ids as text or number, and null for everything that is missing', () => {
  expect(readValue(shape, { id: 42, slug: 'web' }, 'x/')).toEqual({
    id: '42',
    slug: 'web',
    name: null,
    seen: null,
    active: null,
    total: null,
    tags: [],
  })
})

test('drops members it does not know and nulls inside lists', () => {
  const record = readValue(shape, { id: '1', slug: 'web', securityToken: 'secret', tags: ['a', null, 'b'] }, 'x/')
  expect(record).not.toHaveProperty('securityToken')
  expect(record.tags).toEqual(['a', 'b'])
})

test('reads dates of any precision, and none from what is no date', () => {
  expect(seen('2024-02-01T09:00:00.123456Z')).toEqual(new Date('2024-02-01T09:00:00.123Z'))
  expect(seen('2024-02-01T09:00:00+00:00')).toEqual(new Date('2024-02-01T09:00:00Z'))
  expect(seen('yesterday')).toBeNull()
})

test('names the fields of a wrong shape and never their values', () => {
  const wrong = [
    { id: 1, slug: 'web' },
    { id: { token: 'secret' }, slug: 7, name: ['secret'] },
  ]
  let failure: unknown
  try {
    readValue(z.array(shape), wrong, '/api/0/organizations/')
  } catch (error) {
    failure = error
  }
  expect(failure).toMatchObject({ code: 'invalid_response', endpoint: '/api/0/organizations/' })
  expect(String(failure)).toContain('1.id, 1.slug, 1.name')
  expect(String(failure)).not.toContain('secret')
})
