// @vitest-environment node
import { expect, it } from 'vitest'
import { failureTable } from './failure-table.ts'

const gatewayCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'CSRF',
  'RATE_LIMITED',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_GONE',
  'UPSTREAM_INVALID',
  'BUDGET_EXCEEDED',
  'QUERY_TOO_DEEP',
  'QUERY_TOO_LARGE',
  'PERSISTED_DOCUMENT_REQUIRED',
  'INTERNAL',
]

it('has words for every code of the gateway, and for no answer and for an unknown code', () => {
  expect(Object.keys(failureTable).toSorted()).toEqual([...gatewayCodes, 'UNREACHABLE', 'UNKNOWN'].toSorted())
})

it('says each failure in a sentence of its own', () => {
  const sentences = Object.values(failureTable).map(({ sentence }) => sentence)
  expect(new Set(sentences).size).toBe(sentences.length)
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/)
})
