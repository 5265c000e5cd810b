import { expect, test } from 'vitest'
import { createRetryBudget, type RetryBudget } from './retry-budget.ts'

const takeAll = (budget: RetryBudget): number => {
  let taken = 0
  while (budget.take()) taken += 1
  return taken
}

test('begins with a hundred', () => {
  expect(takeAll(createRetryBudget(() => 0))).toBe(100)
})

test('earns one with ten first attempts, and two a second', () => {
  let time = 0
  const budget = createRetryBudget(() => time)
  takeAll(budget)
  for (let call = 0; call < 105; call += 1) budget.recordCall()
  expect(takeAll(budget)).toBe(10)
  time += 5000
  expect(takeAll(budget)).toBe(10)
})

test('saves no more than a hundred', () => {
  let time = 0
  const budget = createRetryBudget(() => time)
  time += 3_600_000
  for (let call = 0; call < 10_000; call += 1) budget.recordCall()
  expect(takeAll(budget)).toBe(100)
})
