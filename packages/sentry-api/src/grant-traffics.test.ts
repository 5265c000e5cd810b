import { expect, onTestFinished, test, vi } from 'vitest'
import { createGrantTraffics } from './grant-traffics.ts'

const megabyte = 1024 * 1024
const response = { body: {}, header: () => null }

test('each grant has its own, and the same each time', () => {
  const traffics = createGrantTraffics()
  expect(traffics.of('one')).toBe(traffics.of('one'))
  expect(traffics.of('one')).not.toBe(traffics.of('other'))
})

test('the answers of all grants have a bound: those of the grant that was idle for longest go', () => {
  const traffics = createGrantTraffics()
  for (let grant = 0; grant < 12; grant += 1) {
    const { answers } = traffics.of(String(grant))
    for (const key of ['a', 'b', 'c']) answers.set(key, response, { size: megabyte, lifetime: 60_000 })
  }
  const last = traffics.of('11')
  const left = Array.from({ length: 12 }, (_, grant) => traffics.of(String(grant)).answers.size / megabyte)
  expect(last.answers.size).toBe(3 * megabyte)
  expect(left).toEqual([0, 0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3])
})

test('a grant that has ended leaves nothing behind', () => {
  const traffics = createGrantTraffics()
  const { answers } = traffics.of('one')
  answers.set('a', response, { size: 10, lifetime: 60_000 })
  traffics.end('one')
  expect(answers.size).toBe(0)
  expect(traffics.of('one').answers.get('a')).toBeNull()
})

test('what is still under way for a grant that has ended is kept by nobody and takes no room from others', () => {
  const traffics = createGrantTraffics()
  for (let grant = 0; grant < 12; grant += 1) {
    const { answers } = traffics.of('ended')
    traffics.end('ended')
    for (const key of ['a', 'b', 'c']) answers.set(key, response, { size: megabyte, lifetime: 60_000 })
    expect(answers.get('a')).toBeNull()
  }
  traffics.of('one').answers.set('a', response, { size: megabyte, lifetime: 60_000 })
  traffics.of('other')
  expect(traffics.of('one').answers.get('a')).toBe(response)
})

test('what nobody asks for again does not lie around, and nothing is looked at once it is gone', () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  let time = 0
  const { answers } = createGrantTraffics(() => time).of('gone')
  answers.set('a', response, { size: 10, lifetime: 45_000 })
  time += 30_000
  vi.advanceTimersByTime(30_000)
  expect(answers.size).toBe(10)
  time += 30_000
  vi.advanceTimersByTime(30_000)
  expect(answers.size).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})
