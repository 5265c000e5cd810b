import { expect, test } from 'vitest'
import { createKeptAnswers } from './kept-answers.ts'

const answer = (text: string) => ({ status: 200, text, headers: {} })

test('an answer is kept until the time of the world moves on', () => {
  let time = 0
  const kept = createKeptAnswers(() => time)
  kept.keep('a', answer('one'))
  expect(kept.find('a')).toEqual(answer('one'))
  time = 60_000
  expect(kept.find('a')).toBeUndefined()
})

test('all are forgotten when something changes, and when they become too many', () => {
  const kept = createKeptAnswers(() => 0)
  kept.keep('a', answer('one'))
  kept.clear()
  expect(kept.find('a')).toBeUndefined()
  const half = 'x'.repeat(20 * 1024 * 1024)
  kept.keep('a', answer(half))
  kept.keep('b', answer(half))
  expect([kept.find('a'), kept.find('b')]).toEqual([undefined, answer(half)])
  kept.keep('c', answer(half + half))
  expect(kept.find('c')).toBeUndefined()
})
