import { expect, test } from 'vitest'
import { createRateLimiter } from './rate-limiter.ts'

function createLimiter(limit: number, concurrency: number) {
  const clock = { now: new Date('2026-10-01T12:00:00.900Z') }
  const limiter = createRateLimiter(() => clock.now)
  const rateLimit = { limit, window: 2, concurrency }
  return { clock, limiter: { admit: (key: string, own = rateLimit) => limiter.admit(key, own) } }
}

test('a window is fixed: it ends at its reset, not one window after the first request', () => {
  const { clock, limiter } = createLimiter(1, 9)
  expect(limiter.admit('mira')).toMatchObject({ refused: null, remaining: 0, reset: 1_790_856_002 })
  expect(limiter.admit('mira')).toMatchObject({ refused: 'window', remaining: 0 })
  clock.now = new Date('2026-10-01T12:00:02.000Z')
  expect(limiter.admit('mira').refused).toBeNull()
})

test('everybody has a window of their own', () => {
  const { limiter } = createLimiter(1, 9)
  limiter.admit('mira')
  expect(limiter.admit('noor').refused).toBeNull()
})

test('a slot is given back once, however often that is said, and a refused request holds none', () => {
  const { limiter } = createLimiter(99, 1)
  const first = limiter.admit('mira')
  const second = limiter.admit('mira')
  expect([first.refused, second.refused]).toEqual([null, 'concurrency'])
  second.release()
  expect(limiter.admit('mira').refused).toBe('concurrency')
  first.release()
  first.release()
  expect(limiter.admit('mira').refused).toBeNull()
  expect(limiter.admit('mira').refused).toBe('concurrency')
})

test('a key is held to the limit that is given for it', () => {
  const { limiter } = createLimiter(1, 9)
  const own = { limit: 2, window: 1, concurrency: 9 }
  expect(limiter.admit('mira stats', own)).toMatchObject({ refused: null, remaining: 1, reset: 1_790_856_001 })
  expect(limiter.admit('mira stats', own).refused).toBeNull()
  expect(limiter.admit('mira stats', own).refused).toBe('window')
  expect(limiter.admit('mira').refused).toBeNull()
})
