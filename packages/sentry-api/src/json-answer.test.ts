import { expect, test } from 'vitest'
import { z } from 'zod'
import { JsonAnswer, readList, readShape } from './json-answer.ts'

const endpoint = '/api/0/organizations/{org}/'
const answerOf = (text: string) => new JsonAnswer(text, JSON.parse(text), () => null)
const shape = z.object({ id: z.number() })

test('each shape reads an answer once, and everybody gets the same records', () => {
  const answer = answerOf('[{"id":1,"name":"one"}]')
  const records = readList(shape, answer, endpoint)
  expect(records).toEqual([{ id: 1 }])
  expect(readList(shape, answer, endpoint)).toBe(records)
})

test('another shape still finds what the first one left out', () => {
  const answer = answerOf('{"id":1,"name":"one"}')
  expect(readShape(shape, answer, endpoint)).toEqual({ id: 1 })
  expect(readShape(z.object({ name: z.string() }), answer, endpoint)).toEqual({ name: 'one' })
  expect(answer.body).toEqual({ id: 1, name: 'one' })
})

test('what was parsed is let go of once it has been read', () => {
  const answer = answerOf('{"id":1}')
  const parsed = answer.body
  expect(answer.body).toBe(parsed)
  readShape(shape, answer, endpoint)
  expect(answer.body).not.toBe(parsed)
})

test('an answer that no shape of it fits is one of an unexpected shape each time', () => {
  const answer = answerOf('{"id":"one"}')
  const read = () => readShape(shape, answer, endpoint)
  expect(read).toThrow(expect.objectContaining({ code: 'invalid_response' }))
  expect(read).toThrow(expect.objectContaining({ code: 'invalid_response' }))
})
