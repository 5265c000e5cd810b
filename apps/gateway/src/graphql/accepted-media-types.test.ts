import { expect, test } from 'vitest'
import { isAnswerable } from './accepted-media-types.ts'

test.each([
  undefined,
  '',
  '*/*',
  'application/*',
  'application/json',
  'application/json; charset=utf-8',
  'Application/JSON;q=0.1',
  'application/graphql-response+json',
  'text/event-stream',
  'text/html, application/json;q=0.9',
  'text/event-stream',
  'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
  'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
])('%s leaves a way to answer', (accept) => {
  expect(isAnswerable(accept)).toBe(true)
})

test.each([
  'text/html',
  'image/*',
  'application/xml',
  'multipart/mixed',
  'application/json;q=0',
  'application/json; q=0.000, text/html',
  'application/jsonp',
  'json',
  ',',
  ';',
])('%s does not', (accept) => {
  expect(isAnswerable(accept)).toBe(false)
})
