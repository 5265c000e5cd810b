import { expect, test, vi } from 'vitest'
import { createEventStream, mapEvents } from './event-stream.ts'

const ended = { done: true, value: undefined }

test('events come in order, whether they were waited for or wait themselves', async () => {
  const stream = createEventStream<number>(() => undefined)
  const waited = stream.next()
  for (const number of [1, 2, 3]) expect(stream.put(number)).toBe(true)
  expect([await waited, await stream.next(), await stream.next()].map(({ value }) => value)).toEqual([1, 2, 3])
})

test('after its end a reader gets what is there, the last event too, and then no more', async () => {
  const onEnd = vi.fn()
  const stream = createEventStream<string>(onEnd)
  stream.put('one')
  stream.end('last')
  stream.end('more')
  expect(stream.put('late')).toBe(false)
  expect([await stream.next(), await stream.next()].map(({ value }) => value)).toEqual(['one', 'last'])
  expect(await stream.next()).toEqual(ended)
  expect(onEnd).toHaveBeenCalledTimes(1)
})

test('a reader who goes while it waits is noticed at once, also behind a mapping', async () => {
  const onEnd = vi.fn()
  const stream = createEventStream<number>(onEnd)
  const mapped = mapEvents(stream, (number) => number * 2)
  stream.put(4)
  expect(await mapped.next()).toEqual({ done: false, value: 8 })
  const waited = mapped.next()
  await mapped.return?.()
  expect(onEnd).toHaveBeenCalledTimes(1)
  expect(await waited).toEqual(ended)
})

test('a reader who takes nothing has no room for more than a hundred', () => {
  const stream = createEventStream<number>(() => undefined)
  const taken = Array.from({ length: 101 }, (_, index) => stream.put(index))
  expect(taken.filter(Boolean)).toHaveLength(100)
})
